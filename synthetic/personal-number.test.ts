import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centurySexDigit, createNumbering, partsOfPersonalNumber } from './personal-number.ts'

describe('personal numbers', () => {
  const sex = fc.constantFrom('MALE' as const, 'FEMALE' as const)

  it('say back what they were made of', () => {
    const number = createNumbering(1)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1900, max: 2399 }), sex, (place, year, person) => {
        const placeCode = String(place).padStart(2, '0')
        const made = number(placeCode, year, person)
        expect(made).toMatch(/^9\d{11}$/)
        expect(partsOfPersonalNumber(made)).toMatchObject({ placeCode, year, sex: person })
      }),
    )
  })

  it.each([
    [1999, 'MALE', 0],
    [1999, 'FEMALE', 1],
    [2000, 'MALE', 2],
    [2099, 'FEMALE', 3],
    [2100, 'MALE', 4],
    [2300, 'FEMALE', 9],
  ] as const)('write %i %s as %i', (year, person, digit) => {
    expect(centurySexDigit(year, person)).toBe(digit)
  })

  it('never repeat within a place, year and sex, nor take a reserved suffix', () => {
    const number = createNumbering(7)
    const made = Array.from({ length: 5000 }, () => number('79', 1990, 'MALE'))
    expect(new Set(made).size).toBe(5000)
    for (const one of made) expect(partsOfPersonalNumber(one)?.suffix).toBeGreaterThanOrEqual(1000)
  })

  it.each(['', '001085000101', '90108500010', '9010850001011', '90108500010x'])('are not found in %j', (text) => {
    expect(partsOfPersonalNumber(text)).toBeNull()
  })
})
