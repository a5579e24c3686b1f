import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithinPeriod } from './data-period.ts'

describe('isWithinPeriod', () => {
  it.each([
    ['no date is bound to no period', null, '2026-01-01', '2026-12-31', true],
    ['no bounds cover every date', '1990', null, null, true],
    ['a day on the first day', '2026-01-01', '2026-01-01', '2026-12-31', true],
    ['a day on the last day', '2026-12-31', '2026-01-01', '2026-12-31', true],
    ['a day before', '2025-12-31', '2026-01-01', null, false],
    ['a day after', '2027-01-01', null, '2026-12-31', false],
    ['a whole month that ends with the period', '2024-02', '2024-02-01', '2024-02-29', true],
    ['a month half inside', '2026-06', '2026-06-15', null, false],
    ['a year half inside', '2026', null, '2026-06-30', false],
    ['a whole year', '2026', '2026-01-01', '2026-12-31', true],
    ['an evening in London is the next day in Viet Nam', '2026-06-30T18:00:00Z', null, '2026-06-30', false],
    ['an instant as PostgreSQL prints it', '2026-06-30 16:59:59+00', null, '2026-06-30', true],
    ['text that is no date', 'soon', '2026-01-01', null, false],
    ['a month that does not exist', '2026-13', '2026-01-01', null, false],
  ])('%s', (_name, when, from, to, expected) => {
    expect(isWithinPeriod(when, from, to)).toBe(expected)
  })

  it('never covers a row that a wider period leaves out', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, day, (when, from, to) => {
        const narrow = isWithinPeriod(when, from, to)
        expect(isWithinPeriod(when, null, to) || !narrow).toBe(true)
        expect(narrow).toBe(from <= when && when <= to)
      }),
    )
  })
})
