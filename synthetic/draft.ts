import type { Place } from './reference.ts'
import type { Person, Random, Sex } from './types.ts'

/** A person while their family is still growing: kin as references, dates as day numbers. */
export type Draft = {
  sex: Sex
  bornDay: number
  bornPrecision: 'DAY' | 'MONTH' | 'YEAR'
  diedDay: number | null
  missingDay: number | null
  sexChanged: boolean
  surname: string
  givenName: string
  fullName: string
  ethnicity: string
  religion: string
  /** Native place (quê quán): the father's line. */
  home: Place
  /** Null: born abroad. */
  birthPlace: Place | null
  birthCountry: string
  marital: Person['maritalStatus']
  father: Draft | null
  mother: Draft | null
  spouse: Draft | null
  children: Draft[]
  guardians: Draft[]
  represented: boolean
  household: HouseholdDraft
  relation: Person['relationToHead']
  /** What a named person has by decree of fixed-people.yaml instead of by lot. */
  fixed: Partial<Omit<Person, 'random'>>
}

export type HouseholdDraft = {
  id: string
  place: Place
  /** Where the household is registered; differs from `place` for people who moved without registering anew. */
  permanent: Place
  addressLine: string
  /** False for people of no fixed residence. */
  settled: boolean
  poverty: Person['poverty']
  members: Draft[]
}

/** What every step of the generator needs. */
export type Growth = {
  random: Random
  /** Day number of the reference date of ages. */
  today: number
  /** Persons that may still be added. */
  room: number
  households: HouseholdDraft[]
}

/** Alive and not missing: who may head a household, care for others and be counted. */
export function isPresent(draft: Draft): boolean {
  return draft.diedDay === null && draft.missingDay === null
}
