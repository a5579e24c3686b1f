import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { inTransaction } from './in-transaction.ts'
import { loadInBulk } from './load-in-bulk.ts'

const client = new Client(inject('superuser'))
beforeAll(async () => {
  await client.connect()
  await client.query(`create temporary table parent (id int primary key, name text, constraint "named once" unique (id, name));
    create temporary table child (id int primary key check (id > 0), parent_id int, name text,
      constraint child_of foreign key (parent_id, name) references parent (id, name) on delete cascade,
      constraint apart exclude using gist (int4range(id, id + 1) with &&))`)
})
afterAll(() => client.end())

const constraints = async (): Promise<unknown> =>
  (
    await client.query(
      `select conname, contype, pg_get_constraintdef(oid) as is from pg_constraint
       where conrelid in ('parent'::regclass, 'child'::regclass) order by conname`,
    )
  ).rows

const load = (sql: string): Promise<void> =>
  inTransaction(client, () => loadInBulk(client, ['parent', 'child'], async () => void (await client.query(sql))))

test('rows may come in any order, and every constraint is back as it was', async () => {
  const before = await constraints()
  await load(`insert into child values (1, 7, 'x'); insert into parent values (7, 'x')`)
  expect(await constraints()).toEqual(before)
  await expect(client.query(`insert into child values (2, 8, 'x')`)).rejects.toMatchObject({ constraint: 'child_of' })
})

test.each([
  ['a foreign key', `insert into child values (3, 404, 'x')`, 'child_of'],
  [
    'a unique constraint',
    `alter table parent drop constraint parent_pkey cascade; insert into parent values (9, 'y'), (9, 'y')`,
    'named once',
  ],
  ['a check', `insert into child values (0, null, null)`, 'child_id_check'],
])('%s that does not hold loads nothing', async (_what, sql, constraint) => {
  const before = await constraints()
  await expect(load(sql)).rejects.toMatchObject({ constraint })
  expect(await constraints()).toEqual(before)
  expect((await client.query('select * from child where id <> 1')).rows).toEqual([])
})
