import { escapeIdentifier } from 'pg'
import type { ClientConfig } from 'pg'
import type { Population } from '../../../synthetic/types.ts'
import type { SubgraphDefinition } from '../types.ts'
import { databaseName, rolesOf } from './database-names.ts'
import { closeToPublic, ensureDatabase, ensureRole, lockProvisioning } from './ensure-database.ts'
import { fillDatabase } from './fill-database.ts'
import { startRefused } from './start-refused.ts'
import { withClient } from './with-client.ts'

/** Somebody who connects: as a role of the subgraph, or as an account of its own that may act as some of them. */
export type Login = { name: string; password: string; roles: readonly string[] }

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
    for (const { name, password, roles: granted } of logins) {
      await ensureRole(client, name, password)
      for (const role of granted.filter((one) => one !== name)) {
        // May act as the role (SET ROLE), has nothing of it without saying so.
        await client.query(
          `grant ${escapeIdentifier(role)} to ${escapeIdentifier(name)} with admin false, inherit false, set true`,
        )
      }
    }
    for (const other of ['postgres', 'template1']) await closeToPublic(client, other)
    await ensureDatabase(client, database, [...new Set([...roles, ...logins.map(({ name }) => name)])])
  })
  await fillDatabase(adminOf(database), definition, population, log)
}
