import { generateKeyPairSync } from 'node:crypto'
import type { ClientBase } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHead, signHead } from '../../evidence/log-head.ts'
import type { LogHead } from '../../evidence/log-head.ts'
import type { LogFault } from '../../evidence/log-faults.ts'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { meddle } from '../../test/support/meddle.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { signLog, verifyLog } from '../../test/support/verify-log.ts'
import { sequenceLeaves } from './sequence-leaves.ts'

const people = ['901085000101', '901187000102', '901190000103']
const record = () =>
  disclosureRecord(
    people.map((person) => entry(person)),
    new Date(),
  )

let database: OversightDatabase
/** What a witness has seen: the head over the first 24 records. */
let witnessed: LogHead[]
beforeAll(async () => {
  database = await oversightDatabase()
  const [one, other] = [database.log(), database.log()]
  for (const count of [8, 4]) {
    await Promise.all([one, other].flatMap((log) => Array.from({ length: count }, () => log.append(record()))))
    await signLog(database.admin, database.keys)
  }
  witnessed = [await newestHead()]
  await Promise.all(Array.from({ length: 3 }, () => one.append(record())))
  await signLog(database.admin, database.keys)
})
afterAll(() => database.close())

async function newestHead(): Promise<LogHead> {
  const [row] = await database.rows<{ token: string }>('select token from tree_head order by size desc limit 1')
  const { kid, publicKey } = database.keys.signing
  const head = await openHead(row?.token ?? '', new Map([[kid, publicKey]]))
  if (head === null) throw new Error('no head')
  return head
}

const leafAt = (index: number): string => `(select record_id from leaf where leaf_index = ${index})`
/** What is found after somebody meddled; then everything is as it was. */
async function faultsAfter(...statements: string[]): Promise<LogFault[]> {
  const { admin } = database
  await admin.query('begin')
  try {
    await meddle(database, ...statements)
    return await faultsNow(withoutTransactions(admin))
  } finally {
    await admin.query('rollback')
  }
}
const faultsNow = async (client: ClientBase = database.admin): Promise<LogFault[]> =>
  (await verifyLog(client, database.keys, witnessed)).faults

/** An export reads in a transaction of its own; here it reads in the one that is to be rolled back. */
function withoutTransactions(client: ClientBase): ClientBase {
  const query = (text: string, values?: unknown[]) =>
    /^(begin|commit)/.test(text) ? Promise.resolve() : client.query(text, values)
  return { query } as unknown as ClientBase
}
const kindsOf = (faults: readonly LogFault[]): string[] => [...new Set(faults.map(({ kind }) => kind))].toSorted()

describe('a log that nobody meddled with', () => {
  it('is whole, and says how much of it no witness has seen', async () => {
    const report = await verifyLog(database.admin, database.keys, witnessed)
    expect(report).toMatchObject({ leaves: 27, expired: 0, writers: 2, heads: 3, faults: [] })
    expect(report.exposed).toEqual({ head: 0, witness: 3 })
  })
})

describe('somebody with every right on the database, without the keys, is found when they', () => {
  it.each([
    ['a record', `update disclosure set body = overlay(body placing 'X'::bytea from 100) where id = ${leafAt(5)}`],
    [
      'an entry',
      `update disclosure_entry set body = convert_to(replace(convert_from(body, 'UTF8'), 'ALLOW', 'DENY'), 'UTF8') where record_id = ${leafAt(5)} and id::text like '%2'`,
    ],
    [
      'a signature',
      `update commitment set signature = overlay(signature placing '\\x00'::bytea from 7) where record_id = ${leafAt(5)}`,
    ],
    ['a link', `update commitment set previous = sha256('') where record_id = ${leafAt(5)}`],
    ['a leaf hash', `update leaf set leaf_hash = sha256('') where leaf_index = 5`],
  ])('change one byte of %s', async (_what, statement) => {
    const faults = await faultsAfter(statement)
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.filter(({ leaf }) => leaf !== undefined)[0]).toMatchObject({ leaf: 5 })
  })

  it('change a record and everything that is computed from it', async () => {
    const faults = await faultsAfter(
      `update disclosure set body = convert_to(replace(convert_from(body, 'UTF8'), 'ReadName', 'ReadSex_'), 'UTF8') where id = ${leafAt(5)}`,
      `update disclosure set leaf_hash = sha256('\\x00'::bytea || body) where id = ${leafAt(5)}`,
      'update leaf l set leaf_hash = d.leaf_hash from disclosure d where d.id = l.record_id',
      'update commitment c set leaf_hash = d.leaf_hash from disclosure d where d.id = c.record_id',
    )
    expect(kindsOf(faults)).toEqual(['BAD_SIGNATURE', 'HEAD_DIFFERS', 'WITNESS_DIFFERS'])
    expect(faults).toContainEqual(expect.objectContaining({ kind: 'BAD_SIGNATURE', leaf: 5 }))
  })

  it('remove a record from the middle, and close the gap it leaves', async () => {
    const faults = await faultsAfter(
      `delete from disclosure where id = ${leafAt(5)}`,
      `delete from commitment where record_id = ${leafAt(5)}`,
      'delete from leaf where leaf_index = 5',
      'update leaf set leaf_index = leaf_index + 1000 where leaf_index > 5',
      'update leaf set leaf_index = leaf_index - 1001 where leaf_index > 1000',
    )
    expect(kindsOf(faults)).toEqual(['GAP', 'HEAD_DIFFERS', 'TRUNCATED', 'WITNESS_DIFFERS'])
    expect(faults[0]).toMatchObject({ kind: 'GAP', leaf: 5 })
  })

  it('remove the last record with its head', async () => {
    const faults = await faultsAfter(
      `delete from commitment where record_id = ${leafAt(26)}`,
      'delete from leaf where leaf_index = 26',
    )
    expect(kindsOf(faults)).toEqual(['HEAD_DIFFERS', 'TRUNCATED'])
  })

  it('swap two records', async () => {
    const faults = await faultsAfter(
      'update leaf set leaf_index = 1000 where leaf_index = 5',
      'update leaf set leaf_index = 5 where leaf_index = 8',
      'update leaf set leaf_index = 8 where leaf_index = 1000',
    )
    expect(kindsOf(faults)).toEqual(expect.arrayContaining(['HEAD_DIFFERS']))
  })

  it('take the body of a record away as if its time had passed', async () => {
    const faults = await faultsAfter(
      `delete from disclosure_entry where record_id = ${leafAt(5)}`,
      `delete from disclosure where id = ${leafAt(5)}`,
    )
    expect(faults).toEqual([{ kind: 'EXPIRED_TOO_EARLY', leaf: 5 }])
  })

  it('cut the log back to before what a witness saw, heads and all', async () => {
    const faults = await faultsAfter(
      'delete from tree_head where size > 16',
      'delete from commitment c using leaf l where l.record_id = c.record_id and l.leaf_index >= 16',
      'delete from leaf where leaf_index >= 16',
    )
    expect(faults).toEqual([{ kind: 'TRUNCATED', size: 24 }])
  })

  it('put another head in the place of one', async () => {
    const head = await newestHead()
    const { privateKey } = generateKeyPairSync('ed25519')
    const { kid } = database.keys.signing
    const token = await signHead({ ...head, root: witnessed[0]?.root ?? '' }, { kid, privateKey })
    expect(kindsOf(await faultsAfter(`update tree_head set token = '${token}' where size = 27`))).toEqual(['BAD_HEAD'])
    const earlier = 'update tree_head set token = (select token from tree_head where size = 16) where size = 27'
    expect(kindsOf(await faultsAfter(earlier))).toEqual(['HEAD_DIFFERS', 'HEAD_OUT_OF_ORDER'])
  })

  it('give the records of one writer to another', async () => {
    const faults = await faultsAfter(
      'update leaf set writer_id = (select max(id) from writer), counter = counter + 100 where writer_id = 1 and counter > 1',
      'update commitment set writer_id = (select max(id) from writer), counter = counter + 100 where writer_id = 1 and counter > 1',
    )
    expect(kindsOf(faults)).toEqual(expect.arrayContaining(['GAP', 'MISPLACED_RECORD']))
  })
})

// What follows can't be undone: these stay last.
describe('the sequencer', () => {
  it('signs no head over leaves that are not those it signed before', async () => {
    await database.log().append(record())
    await database.admin.query('begin')
    await meddle(database, `update leaf set leaf_hash = sha256('') where leaf_index = 5`)
    await expect(signLog(database.admin, database.keys)).rejects.toThrow('no longer give the root')
    await database.admin.query('rollback')
  })

  it('leaves nothing exposed but what no head covers yet', async () => {
    await sequenceLeaves(database.admin, null)
    const exposed = async () => (await verifyLog(database.admin, database.keys, witnessed)).exposed
    expect(await exposed()).toEqual({ head: 1, witness: 4 })
    await signLog(database.admin, database.keys)
    expect(await exposed()).toEqual({ head: 0, witness: 4 })
  })
})

describe('somebody who has rewritten the tail', () => {
  it('with keys of their own is found, also under the name of the true key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const forged = { signing: { kid: 'forged', privateKey, publicKey }, pseudonym: database.keys.pseudonym }
    await meddle(
      database,
      'delete from tree_head where size > 16',
      'delete from commitment c using leaf l where l.record_id = c.record_id and l.leaf_index >= 16',
      'delete from leaf where leaf_index >= 16',
    )
    const log = database.log({ keys: forged })
    await Promise.all(Array.from({ length: 12 }, () => log.append(record())))
    await signLog(database.admin, forged)
    const faults = await faultsNow()
    expect(kindsOf(faults)).toEqual(['BAD_HEAD', 'UNKNOWN_KEY', 'WITNESS_DIFFERS'])
    // Under the name of the true key their signatures do not hold.
    const { kid } = database.keys.signing
    await meddle(database, `update writer set key_id = '${kid}' where key_id = 'forged'`)
    expect(kindsOf(await faultsNow())).toEqual(['BAD_HEAD', 'BAD_SIGNATURE', 'WITNESS_DIFFERS'])
  })
})
