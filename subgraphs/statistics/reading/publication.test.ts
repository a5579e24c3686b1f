import type { Client, Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/create-test-database.ts'
import { createPool } from '../../kit/postgres/create-pool.ts'
import { withClient } from '../../kit/postgres/with-client.ts'
import definition from '../index.ts'
import { createPublicationAt, mostKept } from './publication.ts'

const day = 86_400_000
const counted = new Date('2026-11-01T00:00:00Z')
const now = new Date('2026-11-15T00:00:00Z')
const after = (days: number, milliseconds = 0): Date => new Date(counted.getTime() + days * day + milliseconds)

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await createTestDatabase(definition)
  pool = createPool(database.as(), { applicationName: 'test' })
  await store(async (client) => {
    await client.query(`insert into unit values ('VN', null), ('01', 'VN')`)
    await client.query(`insert into release values ('population', '2026-11', $1, 99.5, false)`, [counted])
  })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const store = <T>(run: (client: Client) => Promise<T>): Promise<T> => withClient(database.superuser, run)

test.each([
  ['unit', `('04', 'VN')`, `parent = parent`],
  ['category', `('landAreaByUse', 'ODT', 1, 'Đất', 'Land')`, `position = 2`],
  ['release', `('parcels', '2026-10', now(), 99, true)`, `coverage = 98`],
  ['unit_refresh', `('01', '2026-11-02')`, `as_of = '2026-11-03'`],
  ['published', `('01', '2026-11', 'population', '', 20, 1)`, `value = 25`],
])('what changes in %s is another version, whoever changes it and however', async (table, row, change) => {
  const publicationAt = createPublicationAt(pool)
  const versions = new Set([(await publicationAt(now)).version])
  const changes = [
    `insert into ${table} values ${row}`,
    `update ${table} set ${change}`,
    `delete from ${table} where true`,
    `truncate ${table} cascade`,
  ]
  await store(async (client) => {
    // Nor does a session that fires no ordinary triggers pass unseen.
    await client.query('set session_replication_role = replica')
    for (const sql of changes) {
      await client.query('begin')
      await client.query(sql)
      expect(versions).toContain((await publicationAt(now)).version)
      await client.query('commit')
      const { version } = await publicationAt(now)
      expect(versions).not.toContain(version)
      versions.add(version)
    }
    await client.query(`insert into release values ('population', '2026-11', $1, 99.5, false) on conflict do nothing`, [
      counted,
    ])
  })
})

test('what was read is kept for as long as neither the store nor the age of a figure tells otherwise', async () => {
  const publicationAt = createPublicationAt(pool)
  const first = await publicationAt(now)
  expect(await publicationAt(after(35))).toBe(first)
  const stale = await publicationAt(after(35, 1))
  expect(stale).not.toBe(first)
  expect(stale.version).toBe(first.version)
  expect(await publicationAt(after(400))).toBe(stale)
  expect(await publicationAt(now)).not.toBe(stale)
})

test('many who ask at once of a new version read it once', async () => {
  const publicationAt = createPublicationAt(pool)
  const all = await Promise.all(Array.from({ length: 20 }, () => publicationAt(now)))
  expect(new Set(all).size).toBe(1)
})

test('of units and months no more are kept than there is room for: what was unused for longest gives way', async () => {
  const { keep, known } = await createPublicationAt(pool)(now)
  const figures = {}
  for (let n = 0; n < mostKept; n += 1) keep(`${n}`, figures)
  expect(known('0')).toBe(figures)
  keep('one more', figures)
  expect(known('1')).toBeUndefined()
  const left = Array.from({ length: mostKept }, (_, n) => known(`${n}`)).filter((one) => one !== undefined)
  expect(left).toHaveLength(mostKept - 1)
})

test('a store that cannot say its version is not answered from memory', async () => {
  const publicationAt = createPublicationAt(pool)
  await publicationAt(now)
  await store((client) => client.query('alter table publication rename to away'))
  await expect(publicationAt(now)).rejects.toThrow('publication')
  await store((client) => client.query('alter table away rename to publication'))
  await store((client) => client.query('delete from publication'))
  await expect(publicationAt(now)).rejects.toThrow('no version')
})
