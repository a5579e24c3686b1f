import type { Client } from 'pg'
import type { Units } from '../control/publish-cells.ts'
import { batches } from './batches.ts'
import { countPeople, type CellRow, type HouseholdRow, type PersonRow } from './count-people.ts'
import { followFlags, type Flagged } from './follow-flags.ts'
import type { Scope } from './take-counts.ts'

export type Linked = {
  cells: readonly CellRow[]
  residents: number
  /** Database -> percent of those it named who were found among the residents; of `population` those with a commune. */
  coverage: ReadonlyMap<string, number>
}

type Databases = { population: Client; land: Client; health: Client; 'social-security': Client }

/** Joins the databases' residents and flags under the key, and counts. Of the rows nothing is left when it returns. */
export async function linkPeople(databases: Databases, key: Buffer, units: Units, scope: Scope): Promise<Linked> {
  const { day, communes } = scope
  // Few pseudonyms are asked for by name, so that of a database no more leaves than the communes need.
  const among = communes === null ? null : await pseudonymsOf(databases.population, key, scope)
  const flagsOf = (database: Client) =>
    followFlags(batches<Flagged>(database, 'select * from linkage_flags($1, $2, $3)', [key, day, among]))
  const followers = {
    land: flagsOf(databases.land),
    health: flagsOf(databases.health),
    'social-security': flagsOf(databases['social-security']),
  }
  let residents = 0
  let placed = 0
  async function* people(): AsyncGenerator<PersonRow[]> {
    const text = 'select * from linkage_people($1, $2, $3)'
    for await (const batch of batches<PersonRow>(databases.population, text, [key, day, communes])) {
      residents += batch.length
      placed += batch.filter(({ commune_code }) => commune_code !== null).length
      yield batch
    }
  }
  const households = batches<HouseholdRow>(databases.population, 'select * from linkage_households($1, $2)', [
    key,
    communes,
  ])
  const cells = await countPeople(people(), households, followers, units, communes === null ? null : new Set(communes))
  const coverage = new Map([['population', percent(placed, residents)]])
  for (const [name, follower] of Object.entries(followers)) {
    const { named, found } = await follower.finish()
    coverage.set(name, percent(found, named))
  }
  return { cells, residents, coverage }
}

async function pseudonymsOf(population: Client, key: Buffer, { day, communes }: Scope): Promise<string[]> {
  const { rows } = await population.query<{ pseudonym: string }>('select pseudonym from linkage_people($1, $2, $3)', [
    key,
    day,
    communes,
  ])
  return rows.map(({ pseudonym }) => pseudonym)
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole
}
