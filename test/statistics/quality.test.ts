import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import { columnTypes } from '../../subgraphs/kit/postgres/column-types.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { registry } from '../../subgraphs/registry.ts'
import { measuredDatabases } from '../../subgraphs/statistics/quality/measured-databases.ts'
import { probeDatabases } from '../../subgraphs/statistics/quality/probe-databases.ts'
import { runQuality } from '../../subgraphs/statistics/quality/run-quality.ts'
import { disagreements } from '../../synthetic/disagreements.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { outage } from '../faults/outage.ts'
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts'
import { fillQuality, qualityOf } from '../support/fill-quality.ts'
import { countedOn } from '../support/fill-statistics.ts'

type Found = Record<string, unknown>

const population = createPopulation({ seed: 20_250_701, size: 1000 })
const planted = disagreements(population)
const names = ['catalogue', 'population', 'land', 'health', 'social-security', 'oversight', 'statistics']
const compared = ['population', 'land', 'health', 'social-security']
const databases = new Map<string, TestDatabase>()

beforeAll(async () => {
  for (const definition of registry.filter(({ name }) => names.includes(name)))
    databases.set(definition.name, await createTestDatabase(definition, population))
}, 240_000)
afterAll(async () => {
  for (const database of databases.values()) await database.drop()
})

const rows = (name: string, text: string, role?: string): Promise<Found[]> => {
  const database = databases.get(name)
  const at = role === undefined ? database?.superuser : database?.as(role)
  return withClient({ ...at, types: columnTypes }, async (client) => (await client.query<Found>(text)).rows)
}
const measures = (where: string) =>
  rows('statistics', `select * from quality_measure where ${where} order by database, method, type, field, part`)
const roleOf = (name: string, kind: string) => `${name.replaceAll('-', '_')}_${kind}`
const sorted = (lines: readonly string[]) => lines.toSorted()
const findings = async () => {
  const found = []
  for (const name of compared)
    for (const { personal_id: id, field } of await rows(name, 'select * from quality_finding', roleOf(name, 'steward')))
      found.push(`${name} ${String(field)} ${String(id)}`)
  return sorted(found)
}
const later = (hours: number) => new Date(countedOn.getTime() + hours * 3_600_000)

describe('a measuring', { timeout: 60_000 }, () => {
  test('finds the planted disagreements, all of them and only those, each in its own database', async () => {
    expect(await fillQuality(databases)).toMatchObject({ isDone: true, failures: 0 })
    expect(planted.length).toBeGreaterThanOrEqual(24)
    expect(await findings()).toEqual(sorted(planted.map((one) => `${one.domain} ${one.field} ${one.personalId}`)))
  })

  test('counts them in the store, and tells of none that are fewer than the threshold', async () => {
    const fieldOf = { fullName: 'fullName', birthYear: 'dateOfBirth', sex: 'sex', diedOn: 'deathOrMissingDate' }
    for (const { database, field, counted_failed: failed } of await measures(`method = 'AGREEMENT'`)) {
      const expected = planted.filter((one) => one.domain === database && fieldOf[one.field] === field).length
      expect([database, field, failed]).toEqual([database, field, expected])
    }
    const told = await measures('base > 1')
    expect(told.length).toBeGreaterThan(50)
    for (const { base, checked, failed } of told)
      for (const count of [checked, failed])
        expect(count === null || (Number(count) >= Number(base) && Number(count) % Number(base) === 0)).toBe(true)
  })

  test('of the number finds what the seed gave another year, and whose sex was determined anew', async () => {
    const found = await measures(`method like 'NUMBER_%'`)
    const years = (name: string) => planted.filter((one) => one.field === 'birthYear' && one.domain === name).length
    for (const name of compared)
      expect(found.find((one) => one['database'] === name && one['field'] === 'dateOfBirth')?.['counted_failed']).toBe(
        years(name),
      )
    const changed = [...population.persons()].filter(
      ({ sexChanged, absentFrom }) => sexChanged && !absentFrom.has('population'),
    )
    const ofPopulation = found.find((one) => one['database'] === 'population' && one['field'] === 'sex')
    expect([changed.length > 0, ofPopulation?.['counted_failed']]).toEqual([true, changed.length])
  })

  test('names types and fields of the graph, has a query for every score, and measures every indicator', async () => {
    const { classes } = loadGraph()
    const all = await measures('true')
    const strange = all
      .filter(({ type }) => type !== null)
      .map(({ type, field }) => `${String(type)}.${String(field)}`)
      .filter((coordinate) => !classes.has(coordinate))
    expect(strange).toEqual([])
    expect(all.filter(({ query }) => !/select/.test(String(query)))).toEqual([])
    const kinds = all.filter(({ database }) => database === 'health').map(({ indicator }) => indicator)
    expect(sorted([...new Set(kinds.map(String))])).toEqual([
      'CLEAN',
      'COMPLETE',
      'CONSISTENT',
      'CORRECT',
      'LIVE',
      'SHARED',
    ])
  })

  test('leaves no number of a person and no pseudonym in the store, which the application reads in part', async () => {
    for (const { query: _text, ...measure } of await measures('true'))
      expect(JSON.stringify(measure)).not.toMatch(/[0-9a-f]{16}|\b\d{12}\b/)
    const app = databases.get('statistics')?.as()
    await withClient(app ?? {}, async (client) => {
      await expect(client.query('select counted_failed from quality_measure')).rejects.toThrow('permission')
      await expect(client.query('select * from quality_probe')).rejects.toThrow('permission')
    })
  })

  test('is made by a role that reads no row, and leaves its findings to a steward who reads no other', async () => {
    for (const name of compared) {
      for (const kind of ['linkage', 'steward']) {
        const hidden = ['quality_identity', 'quality_rule', kind === 'linkage' ? 'quality_finding' : 'schema_migration']
        await withClient(databases.get(name)?.as(roleOf(name, kind)) ?? {}, async (client) => {
          for (const table of hidden)
            await expect(client.query(`select * from ${table}`), `${name} ${kind} ${table}`).rejects.toThrow(
              'permission',
            )
          if (kind === 'steward')
            await expect(client.query(`select * from quality_identities('\\x00')`)).rejects.toThrow('permission')
        })
      }
    }
  })

  test('of the same month does not show one record that was corrected; its owner no longer finds it', async () => {
    const before = await measures(`method <> 'LAST_EVENT'`)
    const one = planted.find(({ domain, field }) => domain === 'health' && field === 'sex')
    const flipped = `update person set sex = case sex when 'MALE' then 'FEMALE' else 'MALE' end where personal_id = '${one?.personalId}'`
    await rows('health', flipped)
    await fillQuality(databases, later(1))
    expect(await findings()).not.toContain(`health sex ${one?.personalId}`)
    const shown = (all: Found[]) => all.map(({ checked, failed, score }) => [checked, failed, score])
    expect(shown(await measures(`method <> 'LAST_EVENT'`))).toEqual(shown(before))
    await rows('health', flipped)
  })

  test('says which measure failed and keeps its last score, and goes on with the others', async () => {
    await rows('land', 'alter table parcel rename column planning to plan')
    expect(await fillQuality(databases, later(2))).toMatchObject({ isDone: true, failures: 1 })
    await rows('land', 'alter table parcel rename column plan to planning')
    const [failed, ...others] = await measures('failure is not null')
    expect(failed).toMatchObject({ type: 'Parcel', field: 'planning', failure: '42703', as_of: later(1).toISOString() })
    expect([failed?.['score'] !== null, others]).toEqual([true, []])
  })

  test('without a database says so of it and of the comparison, measures the rest, and recovers', async () => {
    const restore = await outage(databases.get('health'))
    await fillQuality(databases, later(3))
    const lost = await measures('failure is not null')
    expect(new Set(lost.filter(({ method }) => method !== 'AGREEMENT').map(({ database }) => database))).toEqual(
      new Set(['health']),
    )
    expect(lost.filter(({ method }) => method === 'AGREEMENT')).toHaveLength(14)
    await restore()
    expect(await fillQuality(databases, later(4))).toMatchObject({ failures: 0 })
    expect(await measures('failure is not null')).toEqual([])
  })

  test('in a process of its own says what it did; without the store, the code', async () => {
    const signal = new AbortController().signal
    const order = { databases: qualityOf(databases), coordinates: {}, now: later(5) }
    expect(await runQuality(order, signal)).toMatchObject({ isDone: true, failures: 0 })
    const { statistics, ...others } = order.databases
    const broken = { ...others, statistics: { ...statistics, password: 'another' } }
    expect(await runQuality({ ...order, databases: broken }, signal)).toEqual({ failed: '28P01' })
  })
})

test('databases that are called are measured by how they answered', { timeout: 60_000 }, async () => {
  const restore = await outage(databases.get('land'))
  const at = databases.get('statistics')?.as('statistics_linkage') ?? {}
  await withClient({ ...at, types: columnTypes }, (store) => probeDatabases(store, qualityOf(databases), countedOn))
  await restore()
  await withClient({ ...at, types: columnTypes }, (store) => probeDatabases(store, qualityOf(databases), later(1)))
  const found = await measures(`method = 'AVAILABILITY'`)
  expect(found.map(({ database, checked, failed }) => [database, checked, failed])).toEqual(
    sorted(measuredDatabases.map(({ name }) => name)).map((name) => [name, 2, name === 'land' ? 1 : 0]),
  )
  expect(
    (await measures(`method = 'LATENCY'`)).every(({ observed, score }) => observed !== null && score !== null),
  ).toBe(true)
})

test('a measured database is one of the registry, and its owner is the one named there', () => {
  const owners = new Map(registry.map(({ name, owner }) => [name, owner]))
  for (const { name, owner } of measuredDatabases) expect([name, owners.get(name)]).toEqual([name, owner])
})
