import type { Client } from 'pg'
import type { Measured } from './measured.ts'

/** Days of the disclosure log that are looked at. */
const days = 30
/** Organisations that a national database serves, at least: a proposal of this project. */
const targetOrganisations = 3
const query = 'select organisations, answered, refused from sharing_counts($1, $2, $3)'

/** How far a database is shared, by the log of the last days; `coordinates` are its fields. */
export async function readSharing(
  oversight: Client,
  database: string,
  coordinates: readonly string[],
  now: Date,
): Promise<Measured[]> {
  const since = new Date(now.getTime() - days * 86_400_000)
  const { rows } = await oversight.query<{ organisations: number; answered: number; refused: number }>(query, [
    since,
    now,
    coordinates,
  ])
  const { organisations, answered, refused } = rows[0] ?? { organisations: 0, answered: 0, refused: 0 }
  return [
    // Of what nobody asked for nothing can be said: a log that has just begun is no fault of the data's.
    shared(database, 'ORGANISATIONS', { observed: answered + refused === 0 ? null : organisations }),
    shared(database, 'ANSWERED', { checked: answered + refused, failed: refused }),
  ]
}

/** The same measures when the log could not be read. */
export function unshared(database: string, failure: string): Measured[] {
  return [shared(database, 'ORGANISATIONS', { failure }), shared(database, 'ANSWERED', { failure })]
}

function shared(database: string, method: 'ORGANISATIONS' | 'ANSWERED', outcome: Measured['outcome']): Measured {
  const isCount = method === 'ANSWERED'
  return {
    database,
    indicator: 'SHARED',
    method,
    type: null,
    field: null,
    part: '',
    query,
    // Readings are not people, but a few readings may be of one.
    base: isCount ? 5 : 1,
    target: isCount ? null : targetOrganisations,
    outcome,
  }
}
