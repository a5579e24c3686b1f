import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFromDay, dayFromDate, dayFromIso, isoFromDay, yearsBetween } from './calendar.ts'

describe('calendar', () => {
  const day = fc.integer({ min: -36_525, max: 73_050 })

  it('agrees with the Gregorian calendar of the language', () => {
    fc.assert(
      fc.property(day, (value) => {
        expect(isoFromDay(value)).toBe(new Date(value * 86_400_000).toISOString().slice(0, 10))
        expect(dayFromIso(isoFromDay(value))).toBe(value)
        const { year, month, day: dayOfMonth } = dateFromDay(value)
        expect(dayFromDate(year, month, dayOfMonth)).toBe(value)
      }),
    )
  })

  it('counts a year on the birthday, not before', () => {
    expect(yearsBetween(dayFromIso('2020-11-02'), dayFromIso('2026-11-01'))).toBe(5)
    expect(yearsBetween(dayFromIso('2020-11-01'), dayFromIso('2026-11-01'))).toBe(6)
  })
})
