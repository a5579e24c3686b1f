import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../../test/support/create-test-database.ts'
import { migrationFolder } from '../../../test/support/migration-folder.ts'
import type { CopyValue } from './copy-rows.ts'
import { inTransaction } from './in-transaction.ts'
import { loadInBulk } from './load-in-bulk.ts'

const tables = { parent: ['id', 'name'], child: ['id', 'parent_id', 'name'] } as const
let database: TestDatabase
let client: Client

beforeAll(async () => {
  const { folder, remove } = await migrationFolder({
    '001_tree.sql': `create table parent (id int primary key, name text, constraint "named once" unique (name, id));
      create table child (id int primary key check (id > 0), parent_id int, name text,
        constraint child_of foreign key (parent_id, name) references parent (id, name) on delete cascade,
        constraint apart exclude using gist (int4range(id, id + 1) with &&));
      create unique index one_nameless on child ((true)) where name is null;
      create table beside (parent_id int references parent);
      create view amiss_no_orphan as select id from child where parent_id is null;
      create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
      create trigger no_orphan before insert on child for each row when (new.parent_id is null) execute function refuse();`,
  })
  database = await createTestDatabase({ name: `bulk-${randomBytes(4).toString('hex')}`, folder })
  await remove()
  client = new Client(database.superuser)
  await client.connect()
})
beforeEach(() => client.query('truncate parent, child, beside'))
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** Everything the tables are held and found by. */
const rules = async (): Promise<unknown> =>
  (
    await client.query(
      `select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where conrelid <> 0
       union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
       union all select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
       order by 1, 2, 3`,
    )
  ).rows

const load = (rows: { parent?: CopyValue[][]; child?: CopyValue[][] }): Promise<void> =>
  inTransaction(client, () =>
    loadInBulk(client, tables, async ({ add }) => {
      for (const row of rows.child ?? []) add('child', row)
      for (const row of rows.parent ?? []) add('parent', row)
    }),
  )

test('every rule and index is back as it was, and holds', async () => {
  const before = await rules()
  await load({ parent: [[7, 'x']], child: [[1, 7, 'x']] })
  expect(await rules()).toEqual(before)
  expect((await client.query('select * from child')).rows).toEqual([{ id: 1, parent_id: 7, name: 'x' }])
  await expect(client.query(`insert into child values (2, 8, 'x')`)).rejects.toMatchObject({ constraint: 'child_of' })
  await expect(client.query(`insert into child values (3)`)).rejects.toThrow('refused')
})

test.each([
  ['a foreign key', { child: [[3, 404, 'x']] }, { constraint: 'child_of' }],
  ['a primary key', { parent: ['y', 'z'].map((name) => [9, name]) }, { constraint: 'parent_pkey' }],
  ['an index', { child: [1, 2].map((id) => [id, 7, null]), parent: [[7, 'x']] }, { constraint: 'one_nameless' }],
  ['a check', { child: [[0, null, null]] }, { constraint: 'child_id_check' }],
  ['a rule that spans rows', { child: [[5, null, null]] }, { message: 'no_orphan: 1 row(s) refused' }],
])('%s that does not hold loads nothing', async (_what, rows, error) => {
  const before = await rules()
  await expect(load(rows)).rejects.toMatchObject(error)
  expect(await rules()).toEqual(before)
  expect((await client.query('select from parent union all select from child')).rowCount).toBe(0)
})

test('a table that holds rows is left as it is', async () => {
  await client.query(`insert into parent values (1, 'kept')`)
  await expect(load({ parent: [[2, 'new']] })).rejects.toThrow('"parent" is not empty')
  expect((await client.query('select id from parent')).rows).toEqual([{ id: 1 }])
})
