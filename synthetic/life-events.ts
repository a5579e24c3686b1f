import { dayFromIso, yearsBetween } from './calendar.ts'
import type { Person } from './types.ts'

/**
 * Events that more than one database records, so that they agree: each is a function of the person alone, whichever
 * database asks first.
 */

/** Days (as day numbers) on which children of a person were born, of those who live with them and whose day is known. */
export function birthsOf(person: Person, household: readonly Person[]): readonly number[] {
  const days = household
    .filter((one) => one.motherId === person.personalId || one.fatherId === person.personalId)
    .filter((one) => one.bornOn.length === 10)
    .map((child) => dayFromIso(child.bornOn))
  return [...new Set(days)].sort((one, other) => one - other)
}

/** Illness in hospital that an employee was on sick leave for. */
export type SickLeave = { from: number; hospitalDays: number; leaveDays: number }

/** The one sick leave of an employee in the two years before `asOf`; null for most. The citizen persona has one. */
export function sickLeaveOf(person: Person, asOf: string): SickLeave | null {
  if (person.persona === 'citizen') return { from: dayFromIso('2026-03-09'), hospitalDays: 6, leaveDays: 10 }
  const random = person.random('sick-leave')
  if (!random.chance(0.06) || !person.employed || person.diedOn !== null || person.missingSince !== null) return null
  const hospitalDays = random.int(3, 9)
  const from = dayFromIso(asOf) - random.int(30, 700)
  return { from, hospitalDays, leaveDays: hospitalDays + random.int(1, 5) }
}

/** Whether somebody lives with HIV: rare, of age, nobody with a name in the personas. */
export function isLivingWithHiv(person: Person, asOf: string): boolean {
  if (person.persona !== null || !person.random('hiv').chance(0.0025)) return false
  const age = yearsBetween(dayFromIso(person.bornOn), dayFromIso(asOf))
  return age >= 20 && age < 65 && person.planted === null
}
