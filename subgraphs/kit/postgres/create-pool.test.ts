import { Pool } from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { createPool } from './create-pool.ts'

const lines: string[] = []
const pool = createPool(inject('superuser'), {
  applicationName: 'create-pool test',
  statementTimeout: 300,
  log: (line) => lines.push(line),
})
afterAll(() => pool.end())

async function valueOf(sql: string): Promise<unknown> {
  const { rows } = await pool.query({ text: `select ${sql}`, rowMode: 'array' })
  return rows[0]?.[0]
}

test.each([
  ["date '1958-02-28'", '1958-02-28'],
  ["array[date '1958-02-28', null]", ['1958-02-28', null]],
  ["timestamptz '2026-11-22 08:30:34.4371+07'", '2026-11-22T01:30:34.437Z'],
  ["array[timestamptz '2026-11-22 08:30+07']", ['2026-11-22T01:30:00.000Z']],
  ["timestamptz 'infinity'", 'infinity'],
  ['9007199254740991::bigint', 9_007_199_254_740_991],
  ['9007199254740993::bigint', '9007199254740993'],
  ['array[1::bigint, 9007199254740993]', [1, '9007199254740993']],
  ['1500000000::numeric', 1_500_000_000],
  ['120.50::numeric', '120.50'],
  ['120.00::numeric(9,2)', '120.00'],
  ["'NaN'::numeric", 'NaN'],
  ['array[1.5, 2::numeric, null]', ['1.5', 2, null]],
  ['2::int', 2],
  ['null::date', null],
  ["array['a', null, 'NULL']::text[]", ['a', null, 'NULL']],
  ['\'{"a": [1]}\'::jsonb', { a: [1] }],
])('%s arrives as %j', async (sql, expected) => {
  expect(await valueOf(sql)).toEqual(expected)
})

test('leaves the types of other pools alone', async () => {
  const other = new Pool(inject('superuser'))
  const { rows } = await other.query("select date '1958-02-28' as day")
  expect(rows[0]?.day).toBeInstanceOf(Date)
  await other.end()
})

test('ends a statement that takes too long, and goes on', async () => {
  await expect(pool.query('select pg_sleep(30)')).rejects.toThrow('statement timeout')
  expect(await valueOf("current_setting('application_name')")).toBe('create-pool test')
})

test('survives connections that break while idle, and tells of them without a value', async () => {
  await valueOf('1')
  const admin = new Pool(inject('superuser'))
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'create-pool test'",
  )
  await admin.end()
  await expect.poll(() => lines).toContainEqual('create-pool test: lost an idle connection (57P01)')
  expect(await valueOf('1')).toBe(1)
})

test('says nothing of connections that break after it was ended', async () => {
  const told: string[] = []
  const ended = createPool(inject('superuser'), { applicationName: 'ended pool', log: (line) => told.push(line) })
  await ended.query('select 1')
  await ended.end()
  ended.emit('error', Object.assign(new Error('terminating connection'), { code: '57P01' }))
  expect(told).toEqual([])
})

test('survives a connection that breaks between two statements of whoever holds it', async () => {
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const broken = new Promise<void>((resolve) => client.once('end', resolve))
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await broken
  await expect(client.query('select 1')).rejects.toThrow()
  client.release(true)
  expect(await valueOf('1')).toBe(1)
})
