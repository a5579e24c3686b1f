import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { createSession } from './session.ts'

let pool: Pool
beforeEach(() => {
  pool = new Pool({ ...inject('superuser'), max: 1, connectionTimeoutMillis: 2_000 })
})
afterEach(() => pool.end())

const isFree = async (): Promise<boolean> => (await pool.query('select 1')).rowCount === 1

describe('a session', () => {
  test('takes no connection before its first statement', async () => {
    const session = createSession(pool)
    await session.end()
    expect(pool.totalCount).toBe(0)
  })

  test('reads one snapshot until it is closed, and a newer one afterwards', async () => {
    const session = createSession(pool)
    const at = async (): Promise<unknown> => (await session.rows('select pg_current_snapshot()::text, now()', []))[0]
    const first = await at()
    expect(await at()).toEqual(first)
    await session.close()
    expect(await isFree()).toBe(true)
    expect(await at()).not.toEqual(first)
    await session.end()
  })

  test('that is over takes no connection any more, whoever still asks', async () => {
    const session = createSession(pool)
    const first = session.rows('select 1 as one', [])
    const queued = session.rows('select 2 as two', [])
    expect(await first).toEqual([{ one: 1 }])
    const [late] = await Promise.allSettled([queued, session.end()])
    if (late.status === 'fulfilled') expect(late.value).toEqual([{ two: 2 }])
    await expect(session.rows('select 3', [])).rejects.toThrow('the request is over')
    expect(await isFree()).toBe(true)
  })

  test('whose statement waits its turn when the request ends leaves no connection behind', async () => {
    const session = createSession(pool)
    await session.rows('select 1', [])
    const waiting = [1, 2, 3].map((n) => session.rows('select $1::int as n', [n]))
    await session.end()
    await Promise.allSettled(waiting)
    expect(await isFree()).toBe(true)
  })

  test('gives back a connection on which something failed, as one to be thrown away', async () => {
    const session = createSession(pool)
    await expect(session.rows('select 1/0', [])).rejects.toThrow('division by zero')
    await session.end()
    expect(await isFree()).toBe(true)
  })

  test('gives back a connection on which no snapshot could be begun', async () => {
    const broken = new Pool({ ...inject('superuser'), max: 1, options: '-c statement_timeout=1ms' })
    broken.on('connect', (client) => {
      client.query = () => Promise.reject(new Error('no snapshot'))
    })
    const session = createSession(broken)
    await expect(session.rows('select 1', [])).rejects.toThrow('no snapshot')
    await session.end()
    await broken.end()
  })
})
