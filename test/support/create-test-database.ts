import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { escapeIdentifier } from 'pg'
import type { Client, ClientConfig } from 'pg'
import { inject } from 'vitest'
import { appRole, databaseName, rolesOf } from '../../subgraphs/kit/postgres/database-names.ts'
import { closeToPublic, ensureRole, lockProvisioning } from '../../subgraphs/kit/postgres/ensure-database.ts'
import { migrate, readMigrations } from '../../subgraphs/kit/postgres/migrate.ts'
import { seedDatabase } from '../../subgraphs/kit/postgres/seed-database.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import type { SubgraphDefinition } from '../../subgraphs/kit/types.ts'
import type { Population } from '../../synthetic/types.ts'

export type TestDatabase = {
  name: string
  /** How a role of the subgraph connects; `<database>_app` when none is named. */
  as: (role?: string) => ClientConfig
  /** How the superuser connects. */
  superuser: ClientConfig
  /** Ends its connections and takes it away. The run's end does so too. */
  drop: () => Promise<void>
}

type Definition = Pick<SubgraphDefinition, 'name' | 'folder' | 'roles' | 'seed'>

const password = 'only-for-tests'

/**
 * A database of this file's own, with the subgraph's migrations, roles and, when a population is given, its seed. It is
 * a copy of a template made once a run, so each further file pays some 30 ms.
 */
export async function createTestDatabase(definition: Definition, population?: Population): Promise<TestDatabase> {
  const server = inject('superuser')
  const name = `t_${databaseName(definition.name)}_${randomBytes(6).toString('hex')}`
  await withClient(server, async (admin) => {
    // One template at a time, and no copy while one is made: a template must have no connection.
    await lockProvisioning(admin)
    const template = await ensureTemplate(admin, definition, population)
    await admin.query(
      `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} strategy file_copy`,
    )
    await closeToPublic(admin, name)
    for (const role of rolesOf(definition)) {
      await admin.query(`grant connect on database ${escapeIdentifier(name)} to ${escapeIdentifier(role)}`)
    }
  })
  const at = { host: server.host, port: server.port, database: name }
  return {
    name,
    as: (role = appRole(definition.name)) => ({ ...at, user: role, password }),
    superuser: { ...server, database: name },
    drop: () => withClient(server, async (admin) => void (await admin.query(`drop database ${name} with (force)`))),
  }
}

async function ensureTemplate(admin: Client, definition: Definition, population?: Population): Promise<string> {
  const migrations = await readMigrations(join(definition.folder, 'migrations'))
  const contents = [...migrations.map(({ checksum }) => checksum), population?.seed, population?.size]
  const hash = createHash('sha256')
    .update(JSON.stringify([definition.folder, contents]))
    .digest('hex')
    .slice(0, 12)
  const template = `template_${databaseName(definition.name)}_${hash}`
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
  if (rowCount !== 0) return template

  for (const role of rolesOf(definition)) await ensureRole(admin, role, password)
  // Under its final name only when it is whole.
  const draft = `${template}_draft`
  await admin.query(`drop database if exists ${draft} with (force)`)
  await admin.query(`create database ${draft} strategy file_copy`)
  await withClient({ ...inject('superuser'), database: draft }, async (client) => {
    await migrate(client, join(definition.folder, 'migrations'))
    if (population !== undefined && definition.seed) await seedDatabase(client, definition.seed, population)
  })
  await admin.query(`alter database ${draft} rename to ${template}`)
  return template
}
