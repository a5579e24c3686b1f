import { dateFromDay, dayFromDate, twoDigits } from '../../../synthetic/calendar.ts'

/** A calendar month as a number: years times twelve plus months, so that months can be counted. */
export function monthFromDay(day: number): number {
  const { year, month } = dateFromDay(day)
  return year * 12 + month - 1
}

/** Month of `YYYY-MM` or `YYYY-MM-DD`. */
export function monthFromIso(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1
}

/** Its first day, as `YYYY-MM-DD`. */
export function isoFromMonth(month: number): string {
  return `${Math.floor(month / 12)}-${twoDigits((month % 12) + 1)}-01`
}

/** Its first day, as a day number. */
export function dayFromMonth(month: number): number {
  return dayFromDate(Math.floor(month / 12), (month % 12) + 1, 1)
}
