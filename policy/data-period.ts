/**
 * True when everything a row speaks of lies inside the period of a consent. A row without a date (a name, a sex) is
 * bound to no period and so is covered; a date that can't be read is not.
 *
 * `when` is ISO 8601 of any precision: `2026`, `2026-06`, `2026-06-17` or an instant, whose day is the one in Viet Nam
 * (UTC+7 all year). A month half inside the period is not covered.
 */
export const isWithinPeriod = (when: string | null, from: string | null, to: string | null): boolean => {
  if (when === null || (from === null && to === null)) return true
  const days = daysOf(when)
  if (days === null) return false
  return (from === null || days.first >= from) && (to === null || days.last <= to)
}

const partialDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const hoursAheadOfUtc = 7

const daysOf = (when: string): { first: string; last: string } | null => {
  const parts = partialDate.exec(when)
  if (parts === null) {
    const instant = Date.parse(when.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))
    return Number.isNaN(instant) ? null : sameDay(new Date(instant + hoursAheadOfUtc * 3_600_000))
  }
  const [, year, month, day] = parts
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`
  if (Number.isNaN(Date.parse(first))) return null
  if (day !== undefined) return { first, last: first }
  return { first, last: isoDay(new Date(Date.UTC(Number(year), Number(month ?? '12'), 0))) }
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10)
const sameDay = (date: Date): { first: string; last: string } => ({ first: isoDay(date), last: isoDay(date) })
