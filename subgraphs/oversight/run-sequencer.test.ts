import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry, logKeys } from '../../test/support/disclosures.ts'
import { oversightDatabase, until } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { runSequencer } from './run-sequencer.ts'
import { sequenceLeaves } from './sequence-leaves.ts'

const clock = (): Date => new Date()
const record = () => disclosureRecord([entry('901085000101')], clock())
const never = 1_000_000
const signer = logKeys().signing
const hasAllLeaves =
  'select not exists (select from commitment left join leaf using (writer_id, counter) where leaf_index is null)'

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

/** Runs sequencers while the work is done; ends them. */
async function beside(count: number, pollMs: number, work: () => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const running = Array.from({ length: count }, () =>
    runSequencer({ pool: database.pool('oversight_sequencer'), clock, signer, pollMs }, stop.signal),
  )
  try {
    await work()
  } finally {
    stop.abort()
    await Promise.all(running)
  }
}
/** Its first sweep is done, so it listens. */
const isListening = `select exists (select from pg_stat_activity
  where datname = current_database() and usename = 'oversight_sequencer' and query ~ 'insert into tree_head|leaf_index >= .1 order by')`

describe('the sequencer', () => {
  it('gives every record one leaf, gapless from 0, in the order of each writer', async () => {
    const logs = [database.log(), database.log()]
    await beside(2, 20, async () => {
      await Promise.all(logs.flatMap((log) => Array.from({ length: 200 }, () => log.append(record()))))
      await until(database.admin, hasAllLeaves)
    })
    const [order] = await database.rows<{ first: string; last: string; count: string; sorted: boolean }>(
      `select min(leaf_index) as first, max(leaf_index) as last, count(*) as count, bool_and(sorted) as sorted
       from (select leaf_index, leaf_index > coalesce(lag(leaf_index) over (partition by writer_id order by counter), -1) as sorted from leaf) as step`,
    )
    expect(order).toEqual({ first: '0', last: '399', count: '400', sorted: true })
    const wrong = await database.rows(`select from leaf join disclosure on disclosure.id = leaf.record_id
      where leaf.leaf_hash <> sha256('\\x00'::bytea || disclosure.body)`)
    expect(wrong).toEqual([])
  })

  it('is woken by the writers', async () => {
    const log = database.log()
    await beside(1, never, async () => {
      await until(database.admin, isListening)
      await log.append(record())
      await until(database.admin, hasAllLeaves)
    })
  })

  it('looks by itself where no notification came', async () => {
    await beside(1, 20, async () => {
      await until(database.admin, isListening)
      await database.admin.query(
        `insert into writer (name, key_id, public_key) values ('land/00000000-0000-4000-8000-000000000000', 'k', '')`,
      )
      await database.admin.query(
        `insert into commitment select max(id), 1, gen_random_uuid(), sha256(''), null, sha256('') || sha256('') from writer`,
      )
      await until(database.admin, hasAllLeaves)
    })
  })

  it('leaves the work to one process, and another takes over when that one goes', async () => {
    const leaders = `select count(*) = 1 from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and usename = 'oversight_sequencer' and datname = current_database()`
    await beside(2, 20, async () => {
      await until(database.admin, leaders)
      await database.admin.query(
        `select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
         where locktype = 'advisory' and granted and usename = 'oversight_sequencer' and datname = current_database()`,
      )
      await until(database.admin, leaders)
      await database.log().append(record())
      await until(database.admin, hasAllLeaves)
    })
  })

  it('prepares the partitions of today and of a month from now for every class', async () => {
    const lacking =
      await database.rows(`select code, day from retention_class, unnest(array[now(), now() + interval '1 month']) as day
      where not exists (select from log_partition where class = code and first_day <= day and end_day > day)`)
    expect(lacking).toEqual([])
  })

  it('ends at once when told to, also without a database', async () => {
    const stop = new AbortController()
    const running = runSequencer(
      { pool: database.pool('oversight_sequencer', { host: '/nonexistent' }), clock, signer, pollMs: never },
      stop.signal,
    )
    stop.abort()
    await expect(running).resolves.toBeUndefined()
  })

  it('makes more leaves than one statement takes', async () => {
    await database.admin.query(
      `insert into writer (name, key_id, public_key) values ('land/00000000-0000-4000-8000-000000000001', 'k', '')`,
    )
    await database.admin.query(
      `insert into commitment select (select max(id) from writer), n, gen_random_uuid(), sha256(n::text::bytea), case when n > 1 then sha256('') end, sha256('') || sha256('') from generate_series(1, 4500) n`,
    )
    expect(await sequenceLeaves(database.admin, ['land/00000000-0000-4000-8000-000000000001'])).toBe(4500)
    expect(await sequenceLeaves(database.admin, null)).toBe(0)
  })
})
