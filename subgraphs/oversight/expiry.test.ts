import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { meddle } from '../../test/support/meddle.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { signLog, verifyLog } from '../../test/support/verify-log.ts'
import { sequenceLeaves } from './sequence-leaves.ts'

const day = 86_400_000
const old = new Date(Date.now() - 200 * day)
const suffix = `d90_${old.toISOString().slice(0, 7).replace('-', '_')}`
const reason = 'kept for 90 days and no longer needed'

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
  const log = database.log()
  for (let count = 0; count < 3; count += 1) await log.append(disclosureRecord([entry(null, { level: 'L0' })], old))
  await log.append(disclosureRecord([entry('901085000101')], old))
  await log.append(disclosureRecord([entry(null, { level: 'L0' })], new Date()))
})
afterAll(() => database.close())

const approve = (role: string, partition = suffix) =>
  database.pool(role).query('select approve_expiry($1, $2)', [partition, reason])
const expire = (role = 'oversight_keeper', partition = suffix) =>
  database.pool(role).query('select expire_partition($1)', [partition])
const recordsOf = async (): Promise<number> => (await database.rows('select from disclosure')).length

describe('expiry of a partition', () => {
  it('needs a keeper and a controller', async () => {
    await expect(expire()).rejects.toMatchObject({ code: '42501' })
    await approve('oversight_keeper')
    await approve('oversight_keeper')
    await expect(expire()).rejects.toMatchObject({ code: '42501' })
    await expect(expire('oversight_controller')).rejects.toMatchObject({ code: '42501' })
  })

  it('takes no approval from anybody else, nor from one person in both roles', async () => {
    for (const role of ['oversight_app', 'oversight_writer', 'oversight_sequencer']) {
      await expect(approve(role)).rejects.toMatchObject({ code: '42501' })
    }
    await expect(database.admin.query('select approve_expiry($1, $2)', [suffix, reason])).rejects.toMatchObject({
      code: '42501',
      message: 'an approval needs exactly one of the two roles',
    })
  })

  it('waits for every record to have its leaf', async () => {
    await approve('oversight_controller')
    await expect(expire()).rejects.toMatchObject({ code: '55000', message: expect.stringContaining('no leaf') })
    await sequenceLeaves(database.admin, null)
  })

  it('refuses while the records are to be kept', async () => {
    const kept = `y5_${old.getUTCFullYear()}`
    await approve('oversight_keeper', kept)
    await approve('oversight_controller', kept)
    await expect(expire('oversight_keeper', kept)).rejects.toMatchObject({
      code: '55000',
      message: expect.stringContaining('are kept until'),
    })
  })

  it('drops the records of that class and month alone, and keeps their leaf hashes', async () => {
    const leaves = await database.rows('select * from leaf order by leaf_index')
    expect(await recordsOf()).toBe(5)
    await expire()
    expect(await recordsOf()).toBe(2)
    expect(await database.rows('select * from leaf order by leaf_index')).toEqual(leaves)
    expect(await database.rows('select from commitment')).toHaveLength(5)
    expect(await database.rows('select suffix, records, entries, keeper, controller from expired_partition')).toEqual([
      { suffix, records: '3', entries: '3', keeper: 'oversight_keeper', controller: 'oversight_controller' },
    ])
  })

  it('leaves a log that verifies, and that says how many of its records have expired', async () => {
    await signLog(database.admin, database.keys)
    expect(await verifyLog(database.admin, database.keys)).toMatchObject({ leaves: 5, expired: 3, faults: [] })
    await meddle(database, "update commitment set signature = sha256('') || sha256('') where counter = 1")
    expect((await verifyLog(database.admin, database.keys)).faults).not.toEqual([])
  })

  it('does not happen twice, and the period takes no more records', async () => {
    await expect(approve('oversight_keeper')).rejects.toMatchObject({ code: '22023' })
    await expect(expire()).rejects.toMatchObject({ code: '22023' })
    await expect(database.log().append(disclosureRecord([entry(null, { level: 'L0' })], old))).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    })
  })

  it.each(["x'; drop table leaf; --", 'disclosure', '', 'd90_2020_01'])('knows no partition %s', async (name) => {
    await expect(approve('oversight_keeper', name)).rejects.toMatchObject({ code: '22023' })
    await expect(expire('oversight_keeper', name)).rejects.toMatchObject({ code: '22023' })
  })
})
