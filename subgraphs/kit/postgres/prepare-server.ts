import type { ClientConfig } from 'pg'
import type { Population } from '../../../synthetic/types.ts'
import type { SubgraphDefinition } from '../types.ts'
import { databaseName, rolesOf } from './database-names.ts'
import {
  closeToPublic,
  ensureDatabase,
  ensureLogin,
  ensureRole,
  lockProvisioning,
  type Login,
} from './ensure-database.ts'
import { fillDatabase } from './fill-database.ts'
import { startRefused } from './start-refused.ts'
import { withClient } from './with-client.ts'

export type { Login } from './ensure-database.ts'

/**
 * Makes a subgraph's database on a server that exists, with the logins its processes use. Its other roles can't log in.
 * `adminOf` says how a superuser connects to a database of that server. May be repeated: passwords are set anew, migrations continue, a seeding happens once. Rejects a login for a role that
 * the subgraph does not have.
 */
export async function prepareServer(
  adminOf: (database: string) => ClientConfig,
  definition: Pick<SubgraphDefinition, 'name' | 'folder' | 'roles' | 'seed'>,
  logins: readonly Login[],
  population: Population | null,
  log: (line: string) => void,
): Promise<void> {
  const roles = rolesOf(definition)
  const stranger = logins.flatMap((login) => login.roles).find((role) => !roles.includes(role))
  if (stranger !== undefined) throw startRefused(`${definition.name} has no role ${stranger}: ${roles.join(', ')}`)

  const database = databaseName(definition.name)
  await withClient(adminOf('postgres'), async (client) => {
    await lockProvisioning(client)
    for (const role of roles) await ensureRole(client, role, null)
    for (const login of logins) await ensureLogin(client, login)
    for (const other of ['postgres', 'template1']) await closeToPublic(client, other)
    await ensureDatabase(client, database, [...new Set([...roles, ...logins.map(({ name }) => name)])])
  })
  await fillDatabase(adminOf(database), definition, population, log)
}
