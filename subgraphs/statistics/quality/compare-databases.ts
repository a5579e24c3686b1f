import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { batches } from '../linkage/batches.ts'
import { compareIdentities, type IdentityRow } from './compare-identities.ts'
import { measuredDatabases, type ComparedField } from './measured-databases.ts'
import type { Measured } from './measured.ts'

/** Where the compared values stand in the graph. */
const fieldOf: Readonly<Record<ComparedField, string>> = {
  fullName: 'fullName',
  birthYear: 'dateOfBirth',
  sex: 'sex',
  diedOn: 'deathOrMissingDate',
}

const compared = measuredDatabases.filter(({ compared: fields }) => fields.length > 0)

/**
 * Compares what the databases hold of the same people, under a key made here and overwritten at the end, and leaves with
 * each database whose records of its own disagree. Gives counts alone.
 */
export async function compareDatabases(open: (name: string) => Promise<Client>, day: string): Promise<Measured[]> {
  const key = randomBytes(64)
  try {
    const sides = []
    for (const { name, compared: fields } of compared) {
      const client = await open(name)
      sides.push({ name, fields, client, query: await queryOf(client) })
    }
    const found = await compareIdentities(
      sides.map(({ name, fields, client }) => ({
        database: name,
        fields,
        rows: batches<IdentityRow>(client, 'select * from quality_identities($1)', [key]),
      })),
    )
    return await Promise.all(
      sides.map(async ({ name, client, query }) => {
        const ofDatabase = [...(found.get(name) ?? [])]
        const named = Object.fromEntries(ofDatabase.map(([field, { disagreeing }]) => [field, disagreeing]))
        await client.query('select quality_mark($1, $2, $3)', [key, JSON.stringify(named), day])
        return ofDatabase.map(([field, { checked, disagreeing }]) =>
          agreement(name, field, query, { checked, failed: disagreeing.length }),
        )
      }),
    ).then((all) => all.flat())
  } finally {
    key.fill(0)
  }
}

/** The same measures when the comparison could not be made. */
export function uncompared(failure: string): Measured[] {
  return compared.flatMap(({ name, compared: fields }) =>
    fields.map((field) => agreement(name, field, 'select * from quality_identities($1)', { failure })),
  )
}

function agreement(database: string, field: ComparedField, query: string, outcome: Measured['outcome']): Measured {
  const at = { indicator: 'CORRECT', method: 'AGREEMENT', type: 'Citizen', field: fieldOf[field], part: '' } as const
  return { database, ...at, query, base: 5, target: null, outcome }
}

/** What is asked of this database, and what the job makes of it. */
async function queryOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ view: string; body: string }>(
    `select pg_get_viewdef('quality_identity'::regclass) as view, prosrc as body
     from pg_proc where oid = 'quality_identities(bytea)'::regprocedure`,
  )
  const [found] = rows
  return `-- quality_identity:
${found?.view.trim()}
-- quality_identities($1), $1 the key of the run:
${found?.body.trim()}
-- Then beside ${compared.map(({ name }) => name).join(', ')}, by pseudonym: who differs from most of them fails.`
}
