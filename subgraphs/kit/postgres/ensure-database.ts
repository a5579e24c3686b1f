import { escapeIdentifier, escapeLiteral } from 'pg'
import type { ClientBase } from 'pg'

/**
 * Until this connection ends, others that provision the same cluster wait: PostgreSQL refuses two changes of one role's
 * or database's privileges at once.
 */
export async function lockProvisioning(admin: ClientBase): Promise<void> {
  await admin.query('select pg_advisory_lock(4000)')
}

/**
 * Makes a role that can log in and nothing else, or gives an existing one this password. With null the role can't log
 * in; what it was granted stays.
 */
export async function ensureRole(admin: ClientBase, role: string, password: string | null): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
  const login = password === null ? 'nologin password null' : `login password ${escapeLiteral(password)}`
  // A utility statement takes no parameters; the name is the source's and the password is quoted.
  await admin.query(
    `${rowCount === 0 ? 'create' : 'alter'} role ${escapeIdentifier(role)} with ${login}
     nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls`,
  )
}

/** Somebody who connects: as a role of a subgraph, or as an account of its own that may act as some of them. */
export type Login = { name: string; password: string; roles: readonly string[] }

/** Makes a login that may act as its roles (SET ROLE), and has nothing of them without saying so. */
export async function ensureLogin(admin: ClientBase, { name, password, roles }: Login): Promise<void> {
  await ensureRole(admin, name, password)
  for (const role of roles.filter((one) => one !== name)) {
    await admin.query(
      `grant ${escapeIdentifier(role)} to ${escapeIdentifier(name)} with admin false, inherit false, set true`,
    )
  }
}

/** Makes a database that only its own roles may enter, and where they may make no temporary table. */
export async function ensureDatabase(admin: ClientBase, database: string, roles: readonly string[]): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  // Copied by way of the log, an empty database waits for no checkpoint.
  if (rowCount === 0) await admin.query(`create database ${escapeIdentifier(database)} strategy wal_log`)
  await closeToPublic(admin, database)
  for (const role of roles) {
    await admin.query(`grant connect on database ${escapeIdentifier(database)} to ${escapeIdentifier(role)}`)
  }
}

/** Takes away what every role has in every database unless it is told otherwise. */
export async function closeToPublic(admin: ClientBase, database: string): Promise<void> {
  await admin.query(`revoke connect, temporary on database ${escapeIdentifier(database)} from public`)
}
