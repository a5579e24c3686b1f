import { escapeIdentifier } from 'pg'
import type { ClientBase } from 'pg'

type Constraint = { table: string; name: string; definition: string }

/**
 * Runs `work`, which fills these tables, without their foreign keys, unique and exclusion constraints, and then puts
 * every one back as it was: checked for the whole table at once, which costs a fraction of doing so row by row. To be
 * called in a transaction: when a constraint doesn't hold, it rejects with that constraint's error and nothing was
 * loaded. Primary keys, checks and triggers hold throughout.
 */
export async function loadInBulk(
  client: ClientBase,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows: constraints } = await client.query<Constraint>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint
     where conrelid = any($1::regclass[]) and contype in ('u', 'x', 'f') and conparentid = 0
     order by contype = 'f', conname`,
    [tables],
  )
  // A foreign key stands on a unique constraint: it goes before that and comes back after.
  for (const { table, name } of constraints.toReversed()) {
    await client.query(`alter table ${table} drop constraint ${escapeIdentifier(name)}`)
  }
  await work()
  for (const { table, name, definition } of constraints) {
    await client.query(`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`)
  }
}
