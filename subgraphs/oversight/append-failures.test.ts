import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { countersOf, holdCommits, isWaiting, oversightDatabase, until } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'

const citizen = '901085000101'
const record = () => disclosureRecord([entry(citizen)], new Date())

const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

describe('when the database fails', () => {
  it('rejects while there is none', async () => {
    const log = database.log({ pool: database.pool('oversight_writer', { host: '/nonexistent' }) })
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
  })

  const cutConnections = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'oversight_writer'`

  it('commits again, once, what a lost connection had rolled back', async () => {
    const log = database.log()
    await log.append(record())
    const release = await holdCommits(database, log.writer)
    const appended = [log.append(record()), log.append(record())]
    await until(database.admin, isWaiting)
    await database.admin.query(cutConnections)
    await release()
    await Promise.all(appended)
    expect(await countersOf(database, log.writer)).toEqual([1, 2, 3])
  })

  it('goes on after the connection died idle', async () => {
    const log = database.log()
    await log.append(record())
    await database.admin.query(cutConnections)
    await log.append(record())
    expect(await countersOf(database, log.writer)).toEqual([1, 2])
  })

  it('rejects what is lost twice', async () => {
    const log = database.log({ pool: losing(database.pool('oversight_writer'), [2, 4], 'before') })
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await log.append(record())
    expect(await countersOf(database, log.writer)).toEqual([1])
  })

  it('resolves what had committed when only the answer was lost', async () => {
    const log = database.log({ pool: losing(database.pool('oversight_writer'), [2], 'after') })
    await log.append(record())
    await log.append(record())
    expect(await countersOf(database, log.writer)).toEqual([1, 2])
  })

  it('waits for a commit it gave up before it takes the next counter', async () => {
    const log = database.log({ limits: { timeoutMs: 300 } })
    await log.append(record())
    const release = await holdCommits(database, log.writer)
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await release()
    await log.append(record())
    const found = await countersOf(database, log.writer)
    expect(found).toEqual(countTo(found.length))
    expect(found.length).toBeGreaterThanOrEqual(2)
  })

  it('refuses a session that is not durable', async () => {
    const weak = database.pool('oversight_writer', { options: '-c synchronous_commit=off' })
    await expect(database.log({ pool: weak }).append(record())).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      cause: { message: expect.stringContaining('synchronous_commit is off') },
    })
    await expect(
      weak.query(`select append_disclosures('population/${crypto.randomUUID()}', 'k', '', '{}', '{}', '{}', '{}')`),
    ).rejects.toMatchObject({ code: 'P0D01' })
  })
})

/** A pool whose connections fail at the given calls of the append function, before or after it did its work. */
function losing(pool: Pool, calls: readonly number[], when: 'before' | 'after'): Pool {
  let appends = 0
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect()
    const query = client.query.bind(client) as unknown as (config: unknown, values?: unknown) => Promise<unknown>
    const lossy = async (config: unknown, values?: unknown): Promise<unknown> => {
      const isAppend = typeof config === 'object' && config !== null && 'name' in config && config.name === 'append'
      if (isAppend) appends += 1
      const isLost = isAppend && calls.includes(appends)
      if (isLost && when === 'before') throw new Error('Connection terminated unexpectedly')
      const answer = await query(config, values)
      if (isLost) throw new Error('Connection terminated unexpectedly')
      return answer
    }
    return Object.assign(client, { query: lossy })
  }
  return Object.assign(Object.create(pool) as Pool, { connect })
}
