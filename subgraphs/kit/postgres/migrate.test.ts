import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/create-test-database.ts'
import { migrationFolder } from '../../../test/support/migration-folder.ts'
import { migrate, readMigrations } from './migrate.ts'

const first = { '001_fruit.sql': "create table fruit (name text primary key); insert into fruit values ('mít');" }
let folder: Awaited<ReturnType<typeof migrationFolder>>
let database: TestDatabase
let client: Client

beforeEach(async () => {
  folder = await migrationFolder(first)
  database = await createTestDatabase({ name: 'migrate-test', folder: join(folder.folder, 'none') })
  client = new Client(database.superuser)
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
  await folder.remove()
})

test('applies each migration once, in order, also those that come later', async () => {
  expect(await migrate(client, folder.migrations)).toBe(1)
  expect(await migrate(client, folder.migrations)).toBe(0)
  await folder.write('002_more.sql', "insert into fruit values ('xoài');")
  await folder.write('003_most.sql', "insert into fruit select name || ' chín' from fruit;")
  expect(await migrate(client, folder.migrations)).toBe(2)
  const { rows } = await client.query('select count(*)::int as fruits from fruit')
  expect(rows).toEqual([{ fruits: 4 }])
})

test('a migration that fails changes nothing, names its file, and is tried again', async () => {
  await folder.write('002_broken.sql', "insert into fruit values ('ổi'); insert into nowhere values (1);")
  await expect(migrate(client, folder.migrations)).rejects.toThrow(/002_broken\.sql: relation "nowhere" does not exist/)
  expect((await client.query('select name from fruit')).rows).toEqual([{ name: 'mít' }])
  await folder.write('002_broken.sql', "insert into fruit values ('ổi');")
  expect(await migrate(client, folder.migrations)).toBe(1)
})

test('a migration that was changed or removed after it was applied is refused before anything runs', async () => {
  await folder.write('002_more.sql', "insert into fruit values ('xoài');")
  await migrate(client, folder.migrations)
  await folder.write('003_new.sql', 'drop table fruit;')
  await folder.write('002_more.sql', "insert into fruit values ('na');")
  await expect(migrate(client, folder.migrations)).rejects.toThrow(/002_more\.sql was changed or removed/)
  await rm(join(folder.migrations, '002_more.sql'))
  await rm(join(folder.migrations, '003_new.sql'))
  await expect(migrate(client, folder.migrations)).rejects.toThrow(/002_more\.sql was changed or removed/)
  expect((await client.query('select name from fruit order by 1')).rows).toHaveLength(2)
})

test('names that would leave the order open are refused', async () => {
  for (const name of ['1_fruit.sql', '002-fruit.sql', 'notes.txt', '003_gap.sql', '001_twice.sql']) {
    await folder.write(name, 'select 1;')
    await expect(readMigrations(folder.migrations), name).rejects.toThrow(name)
    await rm(join(folder.migrations, name))
  }
})

test('a folder without migrations is a database without tables', async () => {
  expect(await migrate(client, join(folder.folder, 'none'))).toBe(0)
})
