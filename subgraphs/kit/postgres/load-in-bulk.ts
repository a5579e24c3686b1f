import { escapeIdentifier } from 'pg'
import type { ClientBase } from 'pg'
import { createCopyBatches } from './copy-batches.ts'
import type { CopyBatches } from './copy-batches.ts'
import { refuseAmiss } from './refuse-amiss.ts'

/**
 * Fills these empty tables, named with the columns that are filled, without their keys, indexes and triggers, and then
 * puts every one back as it was: built, and checked for the whole table at once, which costs a fraction of doing so row
 * by row. What triggers would have refused, `refuseAmiss` does. Checks hold throughout. To be called in a transaction:
 * when a rule doesn't hold, it rejects with the error of that rule and nothing was loaded.
 */
export async function loadInBulk<Name extends string>(
  client: ClientBase,
  tables: Readonly<Record<Name, readonly string[]>>,
  work: (batches: CopyBatches<Name>) => Promise<void>,
): Promise<void> {
  const names = Object.keys(tables).map(escapeIdentifier)
  for (const name of names) {
    const { rowCount } = await client.query(`select from ${name} limit 1`)
    if (rowCount !== 0) throw new Error(`${name} is not empty`)
  }
  const { rows } = await client.query<{ drop: string; restore: string }>(keysAndIndexes, [names])
  for (const { drop } of rows.toReversed()) await client.query(drop)
  // Emptied in this transaction: rows may be written frozen, and a server that ships no log needs none of them.
  await client.query(`truncate ${names.join(', ')}`)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)

  const batches = createCopyBatches(client, tables, { freeze: true })
  await work(batches)
  await batches.finish()

  for (const { restore } of rows) await client.query(restore)
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
  await refuseAmiss(client)
}

/** How to drop and restore what these tables are found and held by, in the order of restoring: foreign keys last. */
const keysAndIndexes = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore,
         case contype when 'f' then 2 else 0 end as turn, conname as name
    from pg_constraint
   where (conrelid = any($1::regclass[]) and contype in ('p', 'u', 'x', 'f') or contype = 'f' and confrelid = any($1::regclass[]))
     and conparentid = 0
  union all
  select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 1, indexrelid::regclass::text
    from pg_index
   where indrelid = any($1::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
   order by turn, name`
