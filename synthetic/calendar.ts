/**
 * Dates as day numbers since 1970-01-01 in the proleptic Gregorian calendar: no clock, no time zone, so the same on any
 * day and machine (algorithms of Howard Hinnant, "chrono-compatible low-level date algorithms").
 */
export function dayFromDate(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Year, month and day of a day number. */
export function dateFromDay(value: number): { year: number; month: number; day: number } {
  const shifted = value + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** `YYYY-MM-DD` of a day number. */
export function isoFromDay(value: number): string {
  const { year, month, day } = dateFromDay(value)
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`
}

/** Day number of `YYYY-MM-DD`; of a partial date the first day it may mean. */
export function dayFromIso(iso: string): number {
  // Read digit by digit: the seeds do so by the million.
  const year = digitsOf(iso, 0, 4)
  const month = iso.length > 4 ? digitsOf(iso, 5, 7) : 1
  const day = iso.length > 7 ? digitsOf(iso, 8, 10) : 1
  if (Number.isNaN(year + month + day)) throw new RangeError('not an ISO date')
  return dayFromDate(year, month, day)
}

/** The number that the digits of a part of a text write; NaN where there are others. */
function digitsOf(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Completed years between two day numbers. */
export function yearsBetween(from: number, to: number): number {
  const start = dateFromDay(from)
  const end = dateFromDay(to)
  const before = end.month < start.month || (end.month === start.month && end.day < start.day)
  return end.year - start.year - (before ? 1 : 0)
}

/** Two digits with a leading zero. */
export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
