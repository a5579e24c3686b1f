import { createPublicKey } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { oversightDatabase, until } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { verifyRecord, verifyRecords } from '../kit/log/verify-record.ts'
import type { ExportedRecord } from '../kit/log/verify-record.ts'

const citizen = '901085000101'
const now = (): Date => new Date()
const record = (principal = officer()) => disclosureRecord([entry(citizen)], now(), principal)

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

const counters = async (writer: string): Promise<number[]> => {
  const rows = await database.rows<{ counter: string }>(
    'select counter from commitment c join writer w on w.id = c.writer_id where w.name = $1 order by counter',
    [writer],
  )
  return rows.map(({ counter }) => Number(counter))
}
const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

/** Keeps a writer's next commit waiting until released. */
async function holdCommits(writer: string): Promise<() => Promise<unknown>> {
  await database.admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [`oversight/writer/${writer}`])
  return () => database.admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`oversight/writer/${writer}`])
}
const isWaiting = `select exists (select from pg_stat_activity
  where datname = current_database() and usename = 'oversight_writer' and wait_event = 'advisory')`

describe('appending', () => {
  it('is there, signed and hashed, when the promise resolves', async () => {
    const log = database.log()
    await log.append(record())
    const [row] = await database.rows<{ body: Buffer; signature: Buffer; leaf_hash: Buffer; key_id: string; public_key: Buffer }>(
      'select d.*, w.public_key from disclosure d join writer w on w.id = d.writer_id where w.name = $1',
      [log.writer],
    )
    if (row === undefined) throw new Error('no row')
    const key = createPublicKey({ key: row.public_key, format: 'der', type: 'spki' })
    const exported = { body: row.body.toString(), signature: row.signature.toString('base64url'), leafHash: row.leaf_hash.toString('base64url'), keyId: row.key_id }
    expect(verifyRecord(exported, new Map([['test', key]]))).toMatchObject({ place: { writer: log.writer, counter: 1 } })
  })

  it('shares one commit among all that wait while another is under way', async () => {
    const log = database.log()
    await log.append(record())
    const release = await holdCommits(log.writer)
    const first = log.append(record())
    await until(database.admin, isWaiting)
    const others = Array.from({ length: 16 }, () => log.append(record()))
    await release()
    await Promise.all([first, ...others])
    const [commits] = await database.rows<{ count: string }>(
      `select count(distinct c.xmin::text) from commitment c join writer w on w.id = c.writer_id where w.name = $1`,
      [log.writer],
    )
    expect(await counters(log.writer)).toEqual(countTo(18))
    expect(Number(commits?.count)).toBe(3)
  })

  it('numbers many concurrent records of several writers without a gap', async () => {
    const logs = [database.log(), database.log(), database.log()]
    await Promise.all(logs.flatMap((log) => Array.from({ length: 300 }, () => log.append(record()))))
    for (const log of logs) expect(await counters(log.writer)).toEqual(countTo(300))
  })

  it('refuses a record that the database refuses, alone', async () => {
    const log = database.log()
    const bad = log.append(record(officer({ roles: ['a\0b'] })))
    const good = [log.append(record()), log.append(record())]
    await expect(bad).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await Promise.all(good)
    expect(await counters(log.writer)).toEqual([1, 2])
  })

  it('refuses a malformed record, a record of the future, and any record after it was closed', async () => {
    const log = database.log()
    await expect(log.append(disclosureRecord([entry(citizen, { level: 'L9' })], now()))).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await expect(log.append(disclosureRecord([], new Date(Date.now() + 3_600_000)))).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    const last = log.append(record())
    await log.close()
    await last
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    expect(await counters(log.writer)).toEqual([1])
  })

  it('refuses more records than may wait', async () => {
    const log = database.log({ limits: { queued: 2 } })
    const appended = await Promise.allSettled([log.append(record()), log.append(record()), log.append(record())])
    expect(appended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })
})

describe('when the database fails', () => {
  it('rejects while there is none', async () => {
    const log = database.log({ pool: database.pool('oversight_writer', { host: '/nonexistent' }) })
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
  })

  it('rejects what did not commit on a lost connection, and goes on without a gap', async () => {
    const log = database.log()
    await log.append(record())
    const release = await holdCommits(log.writer)
    const lost = expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await until(database.admin, isWaiting)
    await database.admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'oversight_writer' and wait_event = 'advisory'`)
    await release()
    await lost
    await log.append(record())
    expect(await counters(log.writer)).toEqual([1, 2])
  })

  it('resolves what had committed when only the answer was lost', async () => {
    const log = database.log({ pool: losingOneAnswer(database.pool('oversight_writer')) })
    await log.append(record())
    await log.append(record())
    expect(await counters(log.writer)).toEqual([1, 2])
  })

  it('waits for a commit it gave up before it takes the next counter', async () => {
    const log = database.log({ limits: { timeoutMs: 300 } })
    await log.append(record())
    const release = await holdCommits(log.writer)
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await release()
    await log.append(record())
    const found = await counters(log.writer)
    expect(found).toEqual(countTo(found.length))
    expect(found.length).toBeGreaterThanOrEqual(2)
  })

  it('refuses a session that is not durable', async () => {
    const weak = database.pool('oversight_writer', { options: '-c synchronous_commit=off' })
    await expect(database.log({ pool: weak }).append(record())).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      cause: { message: expect.stringContaining('synchronous_commit is off') },
    })
    await expect(weak.query(`select append_disclosures('population/${crypto.randomUUID()}', 'k', '', '{}', '{}')`)).rejects.toMatchObject({ code: 'P0D01' })
  })
})

describe('the append function', () => {
  const signature = Buffer.alloc(64)
  const call = (pool: Pool, writer: string, bodies: string[], key = Buffer.from('key')) =>
    pool.query('select append_disclosures($1, $2, $3, $4, $5)', [writer, 'test', key, bodies, bodies.map(() => signature)])

  /** The body of a real record, changed. */
  async function bodies(changes: Record<string, unknown>[]): Promise<{ writer: string; bodies: string[] }> {
    const log = database.log()
    await log.append(record())
    const [row] = await database.rows<{ body: Buffer }>('select body from disclosure d join writer w on w.id = d.writer_id where w.name = $1', [log.writer])
    const writer = `population/${crypto.randomUUID()}`
    const base = JSON.parse(row?.body.toString() ?? '')
    return { writer, bodies: changes.map((change, index) => JSON.stringify({ ...base, writer, id: sibling(base.id, index + 1), ...change })) }
  }
  const sibling = (id: string, index: number): string => `${id.slice(0, 24)}${index.toString(16).padStart(8, '0')}0000`

  it.each([
    ['a gap at the start', [{ counter: 2 }]],
    ['a gap between two', [{ counter: 1 }, { counter: 3 }]],
    ['a repetition', [{ counter: 1 }, { counter: 1 }]],
    ['the wrong order', [{ counter: 2 }, { counter: 1 }]],
    ['no counter', [{ counter: null }]],
    ['another writer', [{ counter: 1, writer: 'land/00000000-0000-4000-8000-000000000000' }]],
  ])('refuses %s', async (_what, changes) => {
    const made = await bodies(changes)
    await expect(call(database.pool('oversight_writer'), made.writer, made.bodies)).rejects.toMatchObject({ code: 'P0G01' })
  })

  it('refuses a counter that was used', async () => {
    const pool = database.pool('oversight_writer')
    const made = await bodies([{ counter: 1 }, { counter: 1 }])
    await call(pool, made.writer, made.bodies.slice(0, 1))
    await expect(call(pool, made.writer, made.bodies.slice(1))).rejects.toMatchObject({ code: 'P0G01' })
  })

  it('refuses an id that lies about its time or class', async () => {
    const made = await bodies([{ counter: 1 }])
    const base = JSON.parse(made.bodies[0] ?? '')
    for (const change of [{ at: '2020-01-01T00:00:00.000Z' }, { entries: [{ ...base.entries[0], level: 'L4' }] }]) {
      const lying = JSON.stringify({ ...base, ...change })
      await expect(call(database.pool('oversight_writer'), made.writer, [lying])).rejects.toMatchObject({ code: '23514' })
    }
  })

  it('refuses another key for a registered writer', async () => {
    const pool = database.pool('oversight_writer')
    const made = await bodies([{ counter: 1 }, { counter: 2 }])
    await call(pool, made.writer, made.bodies.slice(0, 1))
    await expect(call(pool, made.writer, made.bodies.slice(1), Buffer.from('other'))).rejects.toMatchObject({ code: 'P0K01' })
  })

  it('stores in its columns only what the signed body says', async () => {
    const rows = await database.rows<{ body: Buffer; signature: Buffer; leaf_hash: Buffer; key_id: string; columns: Record<string, unknown> }>(
      `select body, signature, leaf_hash, key_id, jsonb_build_object('id', id, 'at', at, 'request', request_id, 'trace', trace_id,
        'organisation', organisation, 'purpose', purpose, 'entries', (select count(*) from disclosure_entry e where e.record_id = d.id)) as columns
       from disclosure d where key_id = 'test' and signature <> $1`,
      [signature],
    )
    expect(rows.length).toBeGreaterThan(900)
    const key = new Map([['test', database.keys.signing.publicKey]])
    const exported: ExportedRecord[] = []
    for (const row of rows) {
      const body = JSON.parse(row.body.toString())
      const { at, ...columns } = row.columns
      expect(columns).toEqual({ id: body.id, request: body.request, trace: body.trace, organisation: body.caller.organisation, purpose: body.purpose, entries: body.entries.length })
      expect(new Date(String(at)).toISOString()).toBe(body.at)
      exported.push({ body: row.body.toString(), signature: row.signature.toString('base64url'), leafHash: row.leaf_hash.toString('base64url'), keyId: row.key_id })
    }
    expect(verifyRecords(exported, key)).toEqual([])
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
