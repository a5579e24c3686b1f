import { dateFromDay, dayFromDate, dayFromIso, yearsBetween } from './calendar.ts'
import type { Domain, Person, Sex } from './types.ts'

/** Identity as one database holds it: a planted disagreement takes the place of the truth. */
export type Identity = { fullName: string; sex: Sex; bornOn: string; diedOn: string | null }

/**
 * What may happen to a person, and when. Where sources disagree or a date is partial, events must fit whatever of them
 * is true, so that no database holds what its own identity data rules out.
 */
export type Life = {
  person: Person
  identity: Identity
  sexes: readonly Sex[]
  /** Days (as day numbers) between which events may lie, both included; `from` is after `until` where there are none. */
  from: number
  until: number
  /** Still alive and here on the reference date. */
  isOpen: boolean
  /** Least and most completed years of age on a day. */
  ageOn: (day: number) => { least: number; most: number }
}

/** Identity of a person as a domain holds it. */
export function identityIn(domain: Domain, person: Person): Identity {
  const { fullName, sex, bornOn, diedOn } = person
  const truth: Identity = { fullName, sex, bornOn, diedOn }
  if (person.planted?.domain !== domain) return truth
  const { field, value } = person.planted
  switch (field) {
    case 'birthYear':
      return { ...truth, bornOn: withYear(bornOn, value) }
    case 'sex':
      return { ...truth, sex: value === 'FEMALE' ? 'FEMALE' : 'MALE' }
    case 'fullName':
      return { ...truth, fullName: value }
    case 'diedOn':
      return { ...truth, diedOn: value }
  }
}

/** The life of a person as far as a domain may record it, up to a reference date. */
export function lifeIn(domain: Domain, person: Person, asOf: string): Life {
  const identity = identityIn(domain, person)
  const births = [daysOf(person.bornOn), daysOf(identity.bornOn)]
  const first = Math.min(...births.map((birth) => birth.first))
  const last = Math.max(...births.map((birth) => birth.last))
  const ends = [asOf, person.diedOn, identity.diedOn, person.missingSince].filter((end) => end !== null).map(dayFromIso)
  return {
    person,
    identity,
    sexes: [...new Set([person.sex, identity.sex])],
    from: last,
    until: Math.min(...ends),
    isOpen: person.diedOn === null && person.missingSince === null,
    ageOn: (day) => ({ least: yearsBetween(last, day), most: yearsBetween(first, day) }),
  }
}

function withYear(bornOn: string, year: string): string {
  const moved = year + bornOn.slice(4)
  // A 29 February that the other year doesn't have.
  return moved.endsWith('-02-29') && dateFromDay(dayFromIso(moved)).day !== 29 ? year : moved
}

/** The first and last day a partial date may mean. */
function daysOf(partial: string): { first: number; last: number } {
  const first = dayFromIso(partial)
  const { year, month } = dateFromDay(first)
  if (partial.length === 4) return { first, last: dayFromDate(year, 12, 31) }
  if (partial.length === 7)
    return { first, last: (month === 12 ? dayFromDate(year + 1, 1, 1) : dayFromDate(year, month + 1, 1)) - 1 }
  return { first, last: first }
}
