import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { countersOf, holdCommits, isWaiting, oversightDatabase, until } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { isSignatureOf, statementText } from '../../evidence/statement.ts'
import { faultOfRecord } from '../../evidence/stored-record.ts'

const citizen = '901085000101'
const record = (principal = officer()) => disclosureRecord([entry(citizen)], new Date(), principal)

const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

describe('appending', () => {
  it('is there, signed and hashed, when the promise resolves', async () => {
    const log = database.log()
    const receipt = await log.append(record())
    const [row] = await database.rows<{ body: string; entry: string; signature: Buffer; key: Buffer; key_id: string }>(
      `select convert_from(d.body, 'UTF8') as body, convert_from(e.body, 'UTF8') as entry, c.signature, d.key_id, w.public_key as key
       from disclosure d join disclosure_entry e on e.record_id = d.id join writer w on w.id = d.writer_id
       join commitment c on c.record_id = d.id where w.name = $1`,
      [log.writer],
    )
    if (row === undefined) throw new Error('no row')
    const key = createPublicKey({ key: row.key, format: 'der', type: 'spki' })
    expect(faultOfRecord({ ...receipt, body: row.body, entries: [row.entry] })).toBeNull()
    expect(isSignatureOf(statementText(receipt), row.signature, key)).toBe(true)
    expect(receipt).toMatchObject({
      writer: log.writer,
      counter: 1,
      previous: null,
      keyId: row.key_id,
      signature: row.signature.toString('base64url'),
    })
  })

  it('shares one commit among all that wait while another is under way', async () => {
    const log = database.log()
    await log.append(record())
    const release = await holdCommits(database, log.writer)
    const first = log.append(record())
    await until(database.admin, isWaiting)
    const others = Array.from({ length: 16 }, () => log.append(record()))
    await release()
    await Promise.all([first, ...others])
    const [commits] = await database.rows<{ count: string }>(
      `select count(distinct c.xmin::text) from commitment c join writer w on w.id = c.writer_id where w.name = $1`,
      [log.writer],
    )
    expect(await countersOf(database, log.writer)).toEqual(countTo(18))
    expect(Number(commits?.count)).toBe(3)
  })

  it('numbers many concurrent records of several writers without a gap', async () => {
    const logs = [database.log(), database.log(), database.log()]
    await Promise.all(logs.flatMap((log) => Array.from({ length: 300 }, () => log.append(record()))))
    for (const log of logs) expect(await countersOf(database, log.writer)).toEqual(countTo(300))
  })

  it('refuses a record that the database refuses, alone', async () => {
    const log = database.log()
    const bad = log.append(record(officer({ roles: ['a\0b'] })))
    const good = [log.append(record()), log.append(record())]
    await expect(bad).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await Promise.all(good)
    expect(await countersOf(database, log.writer)).toEqual([1, 2])
  })

  it('refuses a malformed record, a record of the future, and any record after it was closed', async () => {
    const log = database.log()
    await expect(log.append(disclosureRecord([entry(citizen, { level: 'L9' })], new Date()))).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    })
    await expect(log.append(disclosureRecord([], new Date(Date.now() + 3_600_000)))).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    })
    const last = log.append(record())
    await log.close()
    await last
    await expect(log.append(record())).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    expect(await countersOf(database, log.writer)).toEqual([1])
  })

  it('refuses more records than may wait', async () => {
    const log = database.log({ limits: { queued: 2 } })
    const appended = await Promise.allSettled([log.append(record()), log.append(record()), log.append(record())])
    expect(appended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })
})
