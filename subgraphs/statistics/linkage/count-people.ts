import type { Units } from '../control/publish-cells.ts'
import { householdCells, personCells, type Cell, type Resident } from './person-cells.ts'
import type { Follower } from './follow-flags.ts'

/** A resident as the population database gives one. */
export type PersonRow = {
  pseudonym: string
  province_code: string
  commune_code: string | null
  age_band: number
  is_female: boolean
  /** The number of the household in this run; null where it is not counted. */
  household: number | null
}

export type HouseholdRow = { household: number; province_code: string; commune_code: string | null }

/** What everybody is followed by, in the order of `linkage_flags` of each database. */
export type Followers = { land: Follower; health: Follower; 'social-security': Follower }

/** Numbers of one unit and cell, as they go into the store. */
export type CellRow = { figure: string; category: string; unit: string; count: number }

/**
 * Counts residents and households by unit and cell. A row is gone when it has been counted; what stays is the counts and
 * two bits a household. With communes, only those are counted.
 */
export async function countPeople(
  people: AsyncIterable<readonly PersonRow[]>,
  households: AsyncIterable<readonly HouseholdRow[]>,
  followers: Followers,
  units: Units,
  communes: ReadonlySet<string> | null,
): Promise<CellRow[]> {
  const residents = createTally(personCells, units)
  const homes: (number | undefined)[] = []
  const ofHouseholds = createTally(householdCells, units)
  for await (const batch of households) {
    for (const { household, province_code, commune_code } of batch)
      homes[household] = ofHouseholds.placeOf(commune_code ?? province_code)
  }
  const had = new Uint8Array(homes.length)

  for await (const batch of people) {
    for (const one of batch) {
      const flags = { land: 0, health: 0, 'social-security': 0 }
      for (const name of ['land', 'health', 'social-security'] as const) {
        const follower = followers[name]
        // A wait a person would cost more than the counting.
        if (!follower.hasReached(one.pseudonym)) await follower.reach(one.pseudonym)
        flags[name] = follower.take(one.pseudonym)
      }
      if (one.household !== null)
        had[one.household] = (had[one.household] ?? 0) | (flags.land & 1) | ((flags['social-security'] & 8) >> 2)
      if (communes !== null && !communes.has(one.commune_code ?? '')) continue
      residents.add(residents.placeOf(one.commune_code ?? one.province_code), residentOf(one, flags))
    }
  }
  homes.forEach((place, household) => {
    const bits = had[household] ?? 0
    ofHouseholds.add(place, { hasLand: (bits & 1) !== 0, hasAssistance: (bits & 2) !== 0 })
  })
  return [...residents.rows(), ...ofHouseholds.rows()]
}

function residentOf(row: PersonRow, flags: Record<keyof Followers, number>): Resident {
  const social = flags['social-security']
  return {
    ageBand: row.age_band,
    isFemale: row.is_female,
    isInsured: (flags.health & 1) !== 0,
    isVaccinated: (flags.health & 2) !== 0,
    hasPension: (social & 1) !== 0,
    contributes: (social & 2) !== 0,
    hasArrears: (social & 4) !== 0,
    isPoor: (social & 16) !== 0,
  }
}

function createTally<Of>(cells: readonly Cell<Of>[], units: Units) {
  const codes = [...units].flatMap(([province, communes]) => [province, ...communes])
  const places = new Map(codes.map((code, index) => [code, index]))
  const counts = new Int32Array(codes.length * cells.length)
  return {
    /** Undefined for a place that the catalogue does not know. */
    placeOf: (code: string): number | undefined => places.get(code),
    add: (place: number | undefined, one: Of): void => {
      if (place === undefined) return
      cells.forEach(({ holds }, cell) => {
        if (holds(one)) counts[place * cells.length + cell] = (counts[place * cells.length + cell] ?? 0) + 1
      })
    },
    *rows(): Generator<CellRow> {
      for (const [place, unit] of codes.entries())
        for (const [cell, { figure, category }] of cells.entries()) {
          const count = counts[place * cells.length + cell] ?? 0
          if (count > 0) yield { figure, category, unit, count }
        }
    },
  }
}
