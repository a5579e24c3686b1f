import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../synthetic/random.ts'
import { createEmployers, taxCode } from './employers.ts'

const provinces = new Map([
  ['01', 8_587_000],
  ['04', 548_000],
])

describe('taxCode', () => {
  it('ends with the digit that checks the others', () => {
    // 31*9 + 29*9 + 13*0 … + 3*0 = 540 for 990000000; 540 mod 11 = 1, so 9.
    expect(taxCode(0)).toBe('9900000009')
    fc.assert(
      fc.property(fc.nat(999_999), (index) => {
        const digits = [...taxCode(index)].map(Number)
        const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce(
          (total, weight, at) => total + weight * (digits[at] ?? 0),
          0,
        )
        return digits.length === 10 && digits[9] === 10 - (sum % 11)
      }),
    )
  })
})

describe('createEmployers', () => {
  const employers = createEmployers(1, 20_000, provinces)

  it('gives every province every kind, with codes of their own', () => {
    for (const province of provinces.keys())
      for (const kind of ['ENTERPRISE', 'OFFICE', 'SCHOOL', 'HOSPITAL', 'COOPERATIVE'] as const)
        expect(employers.of(province, kind, createRandom(1, 'pick'))).toMatchObject({ province, kind })
    for (const key of ['id', 'taxCode', 'unitCode'] as const)
      expect(new Set(employers.all.map((one) => one[key])).size).toBe(employers.all.length)
  })

  it('is the same for the same seed, and has the same first employer for every size', () => {
    expect(createEmployers(1, 20_000, provinces).all).toEqual(employers.all)
    expect(createEmployers(1, 200, provinces).first).toEqual(employers.first)
  })
})
