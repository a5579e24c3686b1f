import type { Client, PoolConfig } from 'pg'
import { shareWalk } from '../../../synthetic/share-walk.ts'
import type { Population } from '../../../synthetic/types.ts'
import type { SubgraphDefinition } from '../types.ts'
import { databaseName, rolesOf } from './database-names.ts'
import { closeToPublic, ensureDatabase, ensureRole, lockProvisioning } from './ensure-database.ts'
import { fillDatabase } from './fill-database.ts'
import { rolePasswords } from './role-passwords.ts'
import { readSeeding } from './seed-database.ts'
import type { RunningPostgres } from './start-postgres.ts'
import { startRefused } from './start-refused.ts'
import { withClient } from './with-client.ts'

export type ProvisionOptions = {
  postgres: Pick<RunningPostgres, 'superuser'>
  /** Where the roles' passwords are kept. */
  dataDir: string
  /** The subgraphs whose databases are to be here. */
  definitions: readonly Pick<SubgraphDefinition, 'name' | 'folder' | 'roles' | 'seed'>[]
  /** SEED_CITIZENS; null when it was not set: what the data was made with, 20,000 at first. */
  seedCitizens: number | null
  population: (citizens: number) => Population
  log: (line: string) => void
}

export type Provisioned = {
  /** How a role connects to a subgraph's database. Throws for one that is not here. */
  urlFor: (subgraph: string, role: string) => PoolConfig
  /** How many citizens the data was made with. */
  citizens: number
}

const defaultCitizens = 20_000

/**
 * Makes every database ready to serve: roles, privileges, migrations, seed. Repeats nothing that was done, and takes up
 * where an interrupted start left off. Rejects before it changes anything when the data was made with another number
 * of citizens than is asked for.
 */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const { postgres, dataDir, definitions, log } = options
  const { superuser } = postgres
  const passwords = await rolePasswords(dataDir, definitions.flatMap(rolesOf))
  const citizens = await withClient(superuser, async (admin) => {
    await lockProvisioning(admin)
    const settled = await settleCitizens(options, admin)
    for (const database of ['postgres', 'template1']) await closeToPublic(admin, database)
    for (const definition of definitions) {
      for (const role of rolesOf(definition)) await ensureRole(admin, role, passwords.get(role) ?? '')
      await ensureDatabase(admin, databaseName(definition.name), rolesOf(definition))
    }
    return settled
  })

  const readers = shareWalk(options.population(citizens), definitions.length)
  // Side by side: while one waits for PostgreSQL another generates. All come to an end before the first error is told.
  const fillings = definitions.map(async (definition, index) => {
    const reader = readers[index] ?? null
    const at = { ...superuser, database: databaseName(definition.name) }
    await fillDatabase(at, definition, reader, log).finally(() => reader?.leave())
  })
  const failure = (await Promise.allSettled(fillings)).find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason

  const { host, port } = superuser
  return {
    citizens,
    urlFor: (subgraph, role) => {
      const definition = definitions.find(({ name }) => name === subgraph)
      const password = passwords.get(role)
      if (definition === undefined || password === undefined || !rolesOf(definition).includes(role)) {
        throw new Error(`no role ${role} in a database of ${subgraph} here`)
      }
      return { host, port, database: databaseName(subgraph), user: role, password }
    },
  }
}

/** The number of citizens that every database here was, or is to be, made with. */
async function settleCitizens(options: ProvisionOptions, admin: Client): Promise<number> {
  const { rows } = await admin.query<{ datname: string }>('select datname from pg_database')
  const there = new Set(rows.map(({ datname }) => datname))
  const asked = options.seedCitizens
  let made: number | null = null
  for (const { name } of options.definitions) {
    const database = databaseName(name)
    if (!there.has(database)) continue
    const seeding = await withClient({ ...options.postgres.superuser, database }, readSeeding)
    if (seeding === null) continue
    made = seeding.citizens
    if (asked !== null && asked !== made) {
      throw startRefused(
        `SEED_CITIZENS: ${options.dataDir} was made with ${made}, not ${asked}. Unset it, or set another DATA_DIR`,
      )
    }
  }
  return made ?? asked ?? defaultCitizens
}
