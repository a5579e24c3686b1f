import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPseudonyms } from './pseudonym.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32).fill(1))
const personalId = fc.stringMatching(/^9\d{11}$/)

describe('pseudonyms', () => {
  it('are the same for the same person and differ under another key', () => {
    const other = createPseudonyms(new Uint8Array(32).fill(2))
    fc.assert(
      fc.property(personalId, (person) => {
        expect(pseudonyms.subject(person)).toMatch(/^[A-Za-z0-9_-]{43}$/)
        expect(pseudonyms.subject(person)).toBe(pseudonyms.subject(person))
        expect(other.subject(person)).not.toBe(pseudonyms.subject(person))
      }),
    )
  })

  it('do not link a person as subject with the same person as staff, nor one person at two organisations', () => {
    const person = '901085000101'
    const staff = pseudonyms.staff('UBND-00004', person)
    expect(staff).toMatch(/^([B-Z]{4}-){3}[B-Z]{4}$/)
    expect(staff).toBe(pseudonyms.staff('UBND-00004', person))
    expect(staff).not.toBe(pseudonyms.staff('BV-01001', person))
    expect(pseudonyms.staff('A', 'B')).not.toBe(pseudonyms.staff('', 'A\0B'))
    expect(pseudonyms.subject(person)).not.toContain(staff.replaceAll('-', ''))
  })

  it('leave no number of nine or more digits in scrubbed text, in whatever digits it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), personalId, fc.string(), (before, number, after) => {
        const wide = [...number].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
        for (const written of [number, wide]) {
          const text = pseudonyms.scrub(`${before}${written}${after}`)
          expect(text).not.toMatch(/\p{Nd}{9}/u)
          expect(text.isWellFormed()).toBe(true)
          expect(text).not.toContain('\0')
        }
      }),
      { numRuns: 50 },
    )
  })

  it('leave case numbers and names of operations as they are', () => {
    for (const text of ['HT-2026-000001', 'ReadName', '000.00.01.H29-260101-0001', 'Đăng ký khai sinh']) {
      expect(pseudonyms.scrub(text)).toBe(text)
    }
  })

  it('need a whole key', () => {
    expect(() => createPseudonyms(new Uint8Array(16))).toThrow(RangeError)
  })
})
