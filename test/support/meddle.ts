import type { Client } from 'pg'
import type { OversightDatabase } from './oversight-database.ts'

/**
 * What somebody with every right on the database can do to the log: the guards are taken off, whatever they like is run,
 * the guards are put on again. Nothing outside the database shows that they were off.
 */
export async function meddle({ admin }: OversightDatabase, ...statements: readonly string[]): Promise<void> {
  const guards = await guardsOf(admin)
  for (const { on, name } of guards) await admin.query(`alter table ${on} disable trigger ${name}`)
  for (const statement of statements) await admin.query(statement)
  for (const { on, name } of guards) await admin.query(`alter table ${on} enable always trigger ${name}`)
}

async function guardsOf(admin: Client): Promise<{ on: string; name: string }[]> {
  const { rows } = await admin.query<{ on: string; name: string }>(
    `select tgrelid::regclass::text as on, tgname as name from pg_trigger where not tgisinternal and tgparentid = 0`,
  )
  return rows
}
