import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { disclosureRecord, entry, logKeys } from '../../test/support/disclosures.ts'
import { signLog, verifyLog } from '../../test/support/verify-log.ts'
import { createDisclosureLog, writerId } from '../kit/log/create-disclosure-log.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import { provision } from '../kit/postgres/provision.ts'
import { startPostgres } from '../kit/postgres/start-postgres.ts'
import oversight from './index.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp('/tmp/vn-national-graph-test-durability-')
  await chmod(parent, 0o711)
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const begin = () =>
  startPostgres({
    dataDir: join(parent, 'data'),
    fallbackDir: parent,
    log: () => undefined,
    settings: { shared_buffers: '64MB' },
  })

async function openLog(postgres: Awaited<ReturnType<typeof begin>>) {
  const { urlFor } = await provision({
    postgres,
    dataDir: join(parent, 'data'),
    definitions: [{ name: oversight.name, folder: oversight.folder, roles: oversight.roles ?? [] }],
    seedCitizens: null,
    population: (size) => ({ seed: 1, size, asOf: '2026-01-01', persons: () => [] }),
    log: () => undefined,
  })
  const pool = createPool(urlFor('oversight', 'oversight_writer'), { applicationName: 'writer', max: 1 })
  const keys = logKeys()
  const log = createDisclosureLog({ pool, writer: writerId('population'), keys, clock: () => new Date() })
  return {
    log,
    keys,
    close: async () => {
      await log.close()
      await pool.end()
    },
  }
}

it('keeps every acknowledged record when the server is killed amid appends', async () => {
  const first = await begin()
  const before = await openLog(first)
  const acknowledged: string[] = []
  let refused = 0
  let killed = false
  const client = async (): Promise<void> => {
    while (refused < 16) {
      const record = disclosureRecord([entry('901085000101')], new Date())
      await before.log.append(record).then(
        () => acknowledged.push(record.requestId),
        () => (refused += 1),
      )
      if (acknowledged.length >= 300 && !killed) {
        killed = true
        process.kill(first.pid, 'SIGKILL')
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, client))
  await before.close()
  await first.stop()

  const second = await begin()
  const admin = new Client({ ...second.superuser, database: 'oversight' })
  await admin.connect()
  try {
    const { rows } = await admin.query<{ request_id: string }>('select request_id from disclosure')
    const there = new Set(rows.map(({ request_id }) => request_id))
    expect(acknowledged.length).toBeGreaterThanOrEqual(300)
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    await signLog(admin, before.keys)
    expect(await verifyLog(admin, before.keys)).toMatchObject({ leaves: rows.length, faults: [] })

    const after = await openLog(second)
    await after.log.append(disclosureRecord([entry('901085000101')], new Date()))
    await after.close()
  } finally {
    await admin.end()
    await second.stop()
  }
}, 60_000)
