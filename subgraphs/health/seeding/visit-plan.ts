import { dayFromIso } from '../../../synthetic/calendar.ts'
import { birthsOf, sickLeaveOf } from '../../../synthetic/life-events.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import type { Diagnoses } from './diagnoses.ts'
import type { HealthFacts } from './health-record.ts'

/** One visit as it will be: what for, when, how long. */
export type PlannedVisit = {
  day: number
  code: string
  secondary: readonly string[]
  /** Nights in hospital; 0 is an outpatient. */
  nights: number
  kind: 'FOLLOW_UP' | 'ACUTE' | 'EMERGENCY' | 'BIRTH' | 'CHECK'
}

/** Visits are loaded of so many days before the reference date. */
export const visitWindowDays = 730

/** Days before birth on which a pregnancy is looked at. */
const prenatalDays = [230, 190, 150, 110, 80, 50, 30, 14]

/**
 * What brings a person to a doctor in the two years before the reference date: lasting conditions, acute illness by age,
 * births of the children who live with them, sick leave that the insurance also knows of. In order, no two at once.
 */
export function planVisits(
  life: Life,
  facts: HealthFacts,
  household: readonly Person[],
  diagnoses: Diagnoses,
  asOf: string,
  random: Random,
): readonly PlannedVisit[] {
  const first = Math.max(life.from, dayFromIso(asOf) - visitWindowDays)
  if (first > life.until) return []
  const planned = [
    ...ofSickLeave(life, asOf),
    ...ofBirths(life, household, random),
    ...ofLastingConditions(life, facts, first, random),
    ...ofAcuteIllness(life, first, diagnoses, random),
  ]
  const possible = planned.filter(
    ({ day, code, nights }) => day >= first && day + nights <= life.until && diagnoses.fits(code, life, day),
  )
  return withoutOverlap(possible)
}

function ofSickLeave(life: Life, asOf: string): PlannedVisit[] {
  const leave = sickLeaveOf(life.person, asOf)
  if (leave === null) return []
  return [{ day: leave.from, code: 'J18.9', secondary: [], nights: leave.hospitalDays, kind: 'EMERGENCY' }]
}

function ofBirths(life: Life, household: readonly Person[], random: Random): PlannedVisit[] {
  return birthsOf(life.person, household).flatMap((birth) => {
    const isSection = random.chance(0.3)
    const checks = prenatalDays
      .filter(() => random.chance(0.75))
      .map((before): PlannedVisit => ({ day: birth - before, code: 'Z34.9', secondary: [], nights: 0, kind: 'CHECK' }))
    return [
      ...checks,
      { day: birth, code: isSection ? 'O82.9' : 'O80.9', secondary: [], nights: isSection ? 4 : 2, kind: 'BIRTH' },
    ]
  })
}

/** Conditions that take turns at being the reason for the regular visit. */
function ofLastingConditions(life: Life, facts: HealthFacts, first: number, random: Random): PlannedVisit[] {
  const mental = facts.mental.slice(0, 1)
  const hiv = facts.hivStatus === 'POSITIVE' ? ['B24'] : []
  const lists = [facts.chronic, mental, hiv].filter((codes) => codes.length > 0)
  return lists.flatMap((codes) => {
    const visits: PlannedVisit[] = []
    let turn = 0
    for (let day = first + random.int(0, 120); day <= life.until; day += random.int(60, 180)) {
      const code = codes[turn++ % codes.length]
      if (code === undefined || !random.chance(0.6)) continue
      visits.push({
        day,
        code,
        secondary: codes.filter((other) => other !== code).slice(0, 3),
        nights: 0,
        kind: 'FOLLOW_UP',
      })
    }
    return visits
  })
}

function ofAcuteIllness(life: Life, first: number, diagnoses: Diagnoses, random: Random): PlannedVisit[] {
  const years = (life.until - first + 1) / 365
  const expected = years * yearlyRate(life.ageOn(life.until).least)
  const count =
    Math.floor(expected) +
    (random.chance(expected % 1) ? 1 : 0) +
    (random.chance(0.25) ? 1 : 0) -
    (random.chance(0.25) ? 1 : 0)
  return Array.from({ length: Math.max(0, count) }, (): PlannedVisit => {
    const day = random.int(first, life.until)
    const code = diagnoses.acute(life, day, random)
    const isSevere = /^(C|I2|I6|S[0237]|K35|J18|P)/.test(code)
    const isEmergency = /^(S|T|I21|I6|K35)/.test(code) && random.chance(0.7)
    const nights = random.chance(isSevere ? 0.55 : 0.04) ? random.int(2, 9) : 0
    const kind = code.startsWith('Z') ? 'CHECK' : isEmergency ? 'EMERGENCY' : 'ACUTE'
    return { day, code, secondary: [], nights: kind === 'CHECK' ? 0 : nights, kind }
  })
}

/** Acute visits a year by age. */
function yearlyRate(age: number): number {
  if (age < 6) return 1.6
  if (age < 16) return 0.7
  if (age < 40) return 0.4
  return age < 60 ? 0.6 : 0.9
}

function withoutOverlap(visits: readonly PlannedVisit[]): readonly PlannedVisit[] {
  // What is certain (births, leave) comes first of a day and is never dropped.
  const certain = visits.filter(
    (visit) => visit.kind === 'BIRTH' || (visit.code === 'J18.9' && visit.kind === 'EMERGENCY'),
  )
  const taken = new Set(
    certain.flatMap(({ day, nights }) => Array.from({ length: nights + 1 }, (_, index) => day + index)),
  )
  const kept = [...certain]
  for (const visit of visits) {
    if (certain.includes(visit)) continue
    const days = Array.from({ length: visit.nights + 1 }, (_, index) => visit.day + index)
    if (days.some((day) => taken.has(day))) continue
    for (const day of days) taken.add(day)
    kept.push(visit)
  }
  return kept.sort((one, other) => one.day - other.day)
}
