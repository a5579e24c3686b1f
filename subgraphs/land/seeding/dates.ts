import { dayFromIso, isoFromDay, twoDigits } from '../../../synthetic/calendar.ts'
import type { Random } from '../../../synthetic/types.ts'

/** The last day anything was registered on: before the population's reference date. */
export const lastDay = '2026-10-30'

/** A working-looking day of a year, none after `lastDay`. */
export function dayIn(random: Random, year: number): string {
  const day = `${year}-${twoDigits(random.int(1, 12))}-${twoDigits(random.int(1, 28))}`
  return day < lastDay ? day : `${year}-0${random.int(1, 9)}-${twoDigits(random.int(1, 28))}`
}

/** Some days later, none after `lastDay`. */
export function daysLater(day: string, days: number): string {
  const later = isoFromDay(dayFromIso(day) + days)
  return later < lastDay ? later : lastDay
}

/** A day between two, both included. */
export function dayBetween(random: Random, first: string, last: string): string {
  return isoFromDay(random.int(dayFromIso(first), Math.max(dayFromIso(first), dayFromIso(last))))
}

/** A moment in office hours of a day in Viet Nam. */
export function momentOn(random: Random, day: string): string {
  return `${day}T${twoDigits(random.int(8, 16))}:${twoDigits(random.int(0, 59))}:00+07:00`
}

/** A day as official papers write it. */
export function dayInWords(day: string): string {
  return day.split('-').toReversed().join('/')
}
