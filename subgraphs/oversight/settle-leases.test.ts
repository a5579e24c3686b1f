import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadVolumePolicy } from '../../policy/load-policy.ts'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { oversightDatabase, type OversightDatabase } from '../../test/support/oversight-database.ts'
import { createCountStore } from '../kit/counting/count-store.ts'
import { createMeters, leaseOutlivesMs } from '../kit/counting/create-meters.ts'
import { createReadingCounts } from '../kit/counting/reading-counts.ts'
import { createPseudonyms } from '../kit/log/pseudonym.ts'
import { settleLeases, type SettlingDeps } from './settle-leases.ts'

const died = new Date('2026-11-20T03:00:00Z')
const person = (n: number): string => `901185${String(n).padStart(6, '0')}`
let now = died
let database: OversightDatabase
let deps: SettlingDeps
beforeAll(async () => {
  database = await oversightDatabase()
  deps = {
    reader: database.pool('oversight_app'),
    writer: database.pool('oversight_writer'),
    volume: loadVolumePolicy(),
    clock: () => now,
  }
}, 120_000)
afterAll(() => database.close(), 60_000)

const totals = async (): Promise<number[]> => {
  const staff = createPseudonyms(new Uint8Array(32)).staff('UBND-00004', 'officer-1')
  const store = createCountStore(deps.writer, randomUUID())
  const of = [
    ['', ''],
    ['CIVIL_STATUS', ''],
    ['CIVIL_STATUS', staff],
  ] as const
  const standings = of.map(([purpose, caller]) => {
    const meter = { organisation: 'UBND-00004', purpose, caller, counted: 'BASIC', span: 'month' } as const
    return store({ meter, at: now, raised: [], lease: 0 })
  })
  return (await Promise.all(standings)).map(({ total }) => total)
}

test('a lease of a process that is gone becomes what the log says it read, and nobody is forgotten', async () => {
  const meters = createMeters(createCountStore(deps.writer, randomUUID()), () => now)
  const counts = createReadingCounts(meters, deps.volume, createPseudonyms(new Uint8Array(32)))
  const log = database.log({ clock: () => new Date('2026-12-01T00:00:00Z') })
  // Seven people read and recorded, none of them told; then the process dies.
  for (let n = 0; n < 7; n += 1) {
    await counts.of(officer()).reads(person(n), 'L2')
    await log.append(disclosureRecord([entry(person(n))], new Date(died.getTime() + n + 1)))
  }
  // Not whom it read: a refusal, a reading of another class, another organisation's.
  const later = new Date(died.getTime() + 1000)
  await log.append(disclosureRecord([entry(person(50), { outcome: 'DENY', code: 'CASE_REQUIRED' })], later))
  await log.append(disclosureRecord([entry(person(51), { level: 'L3' })], later))
  await log.append(disclosureRecord([entry(person(52))], later, officer({ org: 'UBND-26740' })))
  expect(await totals()).toEqual([100, 100, 100])

  now = new Date(died.getTime() + leaseOutlivesMs - 1000)
  expect(await settleLeases(deps)).toBe(0)
  now = new Date(died.getTime() + leaseOutlivesMs + 1000)
  expect(await settleLeases(deps)).toBe(3)
  expect(await totals()).toEqual([7, 7, 7])
  expect(await settleLeases(deps)).toBe(0)
})
