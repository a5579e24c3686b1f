import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { VolumeState } from '../../../policy/types.ts'
import { oversightDatabase, type OversightDatabase } from '../../../test/support/oversight-database.ts'
import { createCountStore, type CountStore } from './count-store.ts'
import { createMeters, type Meters } from './create-meters.ts'
import { withinError, type Meter } from './meter.ts'
import { markOf, relativeError } from './sketch.ts'

let database: OversightDatabase
let now = new Date('2026-11-20T03:00:00Z')
const opened: Meters[] = []
beforeAll(async () => {
  database = await oversightDatabase()
}, 120_000)
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  await database.close()
}, 60_000)

const mark = (person: number) => markOf(createHmac('sha256', 'key').update(String(person)).digest())
const people = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)

let meters = 0
/** A meter nobody else uses: thresholds 300 and 600, so 285 and 570 within the error. */
function someMeter(changes: Partial<Meter> = {}): Meter {
  meters += 1
  const limits = withinError({ important: 300, core: 600 })
  const of = { organisation: `ORG-${meters}`, purpose: '', caller: '', counted: 'BASIC', span: 'month' } as const
  return { ...of, stated: 'CIVIL_STATUS', limits, block: 20, alone: 0, ...changes }
}

/** A replica, and how often it asked the store. */
function replica(wrap: (store: CountStore) => CountStore = (store) => store) {
  const store = createCountStore(database.pool('oversight_writer'), randomUUID())
  let asked = 0
  const process = createMeters(
    (telling) => {
      asked += 1
      return wrap(store)(telling)
    },
    () => now,
  )
  opened.push(process)
  const count = async (meter: Meter, persons: readonly number[]): Promise<VolumeState[]> => {
    const states: VolumeState[] = []
    for (const person of persons) states.push(await process.count(meter, mark(person)))
    return states
  }
  return { ...process, countAll: count, asked: () => asked }
}

const totalOf = async (meter: Meter) => {
  const reader = createCountStore(database.pool('oversight_writer'), randomUUID())
  return (await reader({ meter, at: now, raised: [], lease: 0 })).total
}
const granted = (states: readonly VolumeState[]) => states.filter((state) => state === 'WITHIN').length

test('most subjects are counted without asking the store, and those that are known cost nothing', async () => {
  const one = replica()
  const meter = someMeter()
  await one.countAll(meter, people(0, 100))
  expect(one.asked()).toBe(5)
  await one.countAll(meter, people(0, 100))
  expect(one.asked()).toBe(5)
})

test('the first threshold asks for approval, the second ends it, both within the error of the sketch', async () => {
  const one = replica()
  const meter = someMeter()
  const states = await one.countAll(meter, people(0, 400))
  const read = granted(states)
  expect(read).toBeLessThanOrEqual(300)
  expect(read).toBeGreaterThan(300 * (1 - 6 * relativeError) - 1)
  expect(states.at(-1)).toBe('IMPORTANT')
  await approve(meter, 'CIVIL_STATUS', 30)
  now = new Date(now.getTime() + 2000)
  const more = await one.countAll(meter, people(400, 900))
  expect(read + granted(more)).toBeLessThanOrEqual(600)
  expect(read + granted(more)).toBeGreaterThan(600 * (1 - 6 * relativeError) - 1)
  expect(more.at(-1)).toBe('CORE')
})

test('an approval is for its purpose and its time', async () => {
  const one = replica()
  const meter = someMeter()
  await one.countAll(meter, people(0, 320))
  await approve(meter, 'LAND_REGISTRATION', 1)
  now = new Date(now.getTime() + 2000)
  expect(await one.countAll(meter, [1000])).toEqual(['IMPORTANT'])
  expect(await one.countAll({ ...meter, stated: 'LAND_REGISTRATION' }, [1000])).toEqual(['WITHIN'])
  now = new Date(now.getTime() + 86_400_000)
  expect(await one.countAll({ ...meter, stated: 'LAND_REGISTRATION' }, [1001])).toEqual(['IMPORTANT'])
})

test('two replicas at once never let more through than one would', async () => {
  const meter = someMeter()
  const [one, other] = [replica(), replica()]
  const states = await Promise.all([
    ...people(0, 400).map((person) => one.count(meter, mark(person))),
    ...people(400, 800).map((person) => other.count(meter, mark(person))),
  ])
  expect(granted(states)).toBeLessThanOrEqual(300)
  expect(granted(states)).toBeGreaterThan(200)
})

test('what two replicas counted is merged: nobody is forgotten, and nobody counts twice', async () => {
  const meter = someMeter({ limits: { important: 100_000, core: 200_000 }, block: 100 })
  const [one, other] = [replica(), replica()]
  await Promise.all([one.countAll(meter, people(0, 3000)), other.countAll(meter, people(2000, 5000))])
  await Promise.all([one.close(), other.close()])
  const total = await totalOf(meter)
  expect(total).toBeGreaterThan(5000 * (1 - 3 * relativeError))
  expect(total).toBeLessThan(5000 * (1 + 3 * relativeError))
})

test('a process that dies leaves its lease counted as read', async () => {
  const meter = someMeter()
  const doomed = replica()
  await doomed.countAll(meter, people(0, 30))
  // Twenty told, ten more on a lease of twenty, and never heard of again.
  expect(await totalOf(meter)).toBe(40)
  const { rows } = await database.admin.query('select subjects from reading_lease where organisation = $1', [
    meter.organisation,
  ])
  expect(rows).toEqual([{ subjects: 20 }])
})

test('a process that ends tells the rest and gives its lease back', async () => {
  const meter = someMeter()
  const one = replica()
  await one.countAll(meter, people(0, 30))
  await one.close()
  expect(await totalOf(meter)).toBe(30)
})

test('a store that does not answer refuses, forgets nobody, and is asked again', async () => {
  let isAway = false
  const one = replica((store) => (telling) => (isAway ? Promise.reject(new Error('away')) : store(telling)))
  const meter = someMeter()
  await one.countAll(meter, people(0, 20))
  isAway = true
  await expect(one.countAll(meter, [20])).rejects.toMatchObject({ extensions: { code: 'COUNT_UNAVAILABLE' } })
  expect(await one.countAll(meter, people(0, 20))).toEqual(Array(20).fill('WITHIN'))
  isAway = false
  expect(await one.countAll(meter, [20])).toEqual(['WITHIN'])
  await one.close()
  expect(await totalOf(meter)).toBe(21)
})

test('a person read every month counts once, and still after the first month has left the window', async () => {
  const meter = someMeter()
  const began = now
  const one = replica()
  for (let month = 0; month < 14; month += 1) {
    now = new Date(Date.UTC(2027, month, 5))
    await one.countAll(meter, people(0, 50))
  }
  await one.close()
  expect(await totalOf(meter)).toBe(50)
  now = new Date(Date.UTC(2029, 3, 5))
  expect(await totalOf(meter)).toBe(0)
  now = began
})

test('a rate starts anew with every minute, and is shared by replicas', async () => {
  const limits = { important: 50, core: 50 }
  const meter = someMeter({ counted: 'PERSONS', span: 'minute', limits, block: 5, alone: 5 })
  const [one, other] = [replica(), replica()]
  const states = await one.countAll(meter, people(0, 30))
  expect(granted(states)).toBe(30)
  const more = [...(await other.countAll(meter, people(30, 80))), ...(await one.countAll(meter, people(80, 120)))]
  expect(granted(more)).toBeLessThanOrEqual(25)
  expect(more.at(-1)).toBe('CORE')
  // A few are counted in the process alone: nothing was asked.
  const quiet = replica()
  await quiet.countAll(someMeter({ counted: 'PERSONS', span: 'minute', limits, block: 5, alone: 5 }), people(0, 5))
  expect(quiet.asked()).toBe(0)
  now = new Date(now.getTime() + 60_000)
  expect(await one.countAll(meter, [500])).toEqual(['WITHIN'])
})

test('nobody who may count can take a sketch back', async () => {
  await expect(
    database.pool('oversight_writer').query('update reading_sketch set registers = registers'),
  ).rejects.toThrow('permission denied')
})

async function approve({ organisation, counted }: Meter, purpose: string, days: number): Promise<void> {
  await database.admin.query(
    `insert into volume_approval (organisation, purpose, counted, reason, ends_at, asked_by, asked_at, approved_by, approved_at)
     values ($1, $2, $3, 'a reason long enough', $4, 'A', $5, 'B', $5)`,
    [organisation, purpose, counted, new Date(now.getTime() + days * 86_400_000), now],
  )
}
