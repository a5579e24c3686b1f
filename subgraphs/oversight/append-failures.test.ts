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

  it('rejects what did not commit on a lost connection, and goes on without a gap', async () => {
    const log = database.log()
    await log.append(record())
    const release = await holdCommits(database, log.writer)
    const lost = expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await until(database.admin, isWaiting)
    await database.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'oversight_writer' and wait_event = 'advisory'`,
    )
    await release()
    await lost
    await log.append(record())
    expect(await countersOf(database, log.writer)).toEqual([1, 2])
  })

  it('resolves what had committed when only the answer was lost', async () => {
    const log = database.log({ pool: losingOneAnswer(database.pool('oversight_writer')) })
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
      weak.query(`select append_disclosures('population/${crypto.randomUUID()}', 'k', '', '{}', '{}')`),
    ).rejects.toMatchObject({ code: 'P0D01' })
  })
})

/** A pool on whose connections one commit happens but its answer is lost. */
function losingOneAnswer(pool: Pool): Pool {
  let appends = 0
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect()
    const query = client.query.bind(client) as unknown as (config: unknown, values?: unknown) => Promise<unknown>
    const losing = async (config: unknown, values?: unknown): Promise<unknown> => {
      const answer = await query(config, values)
      if (typeof config === 'object' && config !== null && 'name' in config && config.name === 'append') appends += 1
      // The first call only asks for the counter; the second is the first record.
      if (appends === 2 && typeof config === 'object') throw new Error('Connection terminated unexpectedly')
      return answer
    }
    return Object.assign(client, { query: losing })
  }
  return Object.assign(Object.create(pool) as Pool, { connect })
}
