import type { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { linkageRole } from '../../subgraphs/statistics/linkage/linkage-role.ts'
import { runRefresh } from '../../subgraphs/statistics/linkage/run-refresh.ts'
import { registry } from '../../subgraphs/registry.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts'
import { countedOn, fillStatistics, linkageOf } from '../support/fill-statistics.ts'

const population = createPopulation({ seed: 20_250_701, size: 1000 })
const names = ['catalogue', 'population', 'land', 'health', 'social-security', 'statistics']
let databases: Map<string, TestDatabase>

async function open(): Promise<void> {
  databases = new Map()
  for (const definition of registry.filter(({ name }) => names.includes(name)))
    databases.set(definition.name, await createTestDatabase(definition, population))
}
async function close(): Promise<void> {
  for (const database of databases.values()) await database.drop()
}

const inDatabase = <T>(name: string, run: (client: Client) => Promise<T>): Promise<T> =>
  withClient(databases.get(name)?.superuser ?? {}, run)
const rows = (name: string, text: string): Promise<Record<string, unknown>[]> =>
  inDatabase(name, async (client) => (await client.query<Record<string, unknown>>(text)).rows)
const count = async (name: string, text: string): Promise<number> => Number((await rows(name, text))[0]?.['count'])
const published = () => rows('statistics', 'select * from published order by unit, month, figure, category')
const counted = (figure: string, category = '') =>
  count(
    'statistics',
    `select sum(value) as count from counted where figure = '${figure}' and category = '${category}' and month = '2026-11'`,
  )
const nextMonth = new Date('2026-12-02T05:00:00Z')

describe('a count of everything', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await open()
    await fillStatistics(databases)
  }, 240_000)
  afterAll(close)

  test('adds up to what each database counts itself, before anything is rounded', async () => {
    const day = `date '2026-11-15'`
    const own: [string, number][] = [
      ['population', await count('population', `select count(*) from citizen where life_status = 'ALIVE'`)],
      [
        'households',
        await count('population', `select count(distinct household_id) from citizen where life_status = 'ALIVE'`),
      ],
      ['parcels', await count('land', 'select count(*) from parcel')],
      ['landCertificates', await count('land', `select count(*) from land_certificate where status = 'VALID'`)],
    ]
    for (const [figure, expected] of own) expect([figure, await counted(figure)]).toEqual([figure, expected])
    const visits = `select count(*) from visit where admitted_at >= '2025-11-01T00:00+07' and admitted_at < '2026-11-16T00:00+07'`
    const inStore = `select sum(value) as count from counted where figure = 'visits'`
    expect(await count('statistics', inStore)).toBe(await count('health', visits))
    const area = 'select round(sum(area_m2)) as count from parcel'
    const areas = `select sum(value) as count from counted where figure = 'landAreaByUse'`
    expect(Math.abs((await count('statistics', areas)) - (await count('land', area)))).toBeLessThan(1500)

    // What needs people of several databases, joined here as the linkage joins them: by who they are.
    const ids = async (name: string, text: string) =>
      new Set((await rows(name, text)).map(({ personal_id: id }) => String(id)))
    const alive = await ids('population', `select personal_id from citizen where life_status = 'ALIVE'`)
    const old = `date_of_birth::text <= '1966-11-15' and life_status = 'ALIVE'`
    const elderly = await ids('population', `select personal_id from citizen where ${old}`)
    const insured = await ids(
      'health',
      `select personal_id from insurance_card join person using (personal_id)
       where daterange(valid_from, valid_to, '[]') @> ${day} and died_on is null`,
    )
    const pension = await ids(
      'social-security',
      `select m.personal_id from benefit b join si_member m on m.id = b.member_id join person p using (personal_id)
       where b.type in ('PENSION', 'V_PENSION', 'SOCIAL_PENSION') and daterange(b.starts_on, b.ends_on, '[]') @> ${day}
         and p.died_on is null`,
    )
    expect(await counted('insured')).toBe(alive.intersection(insured).size)
    expect(await counted('uninsured')).toBe(alive.difference(insured).size)
    expect(await counted('pensioners')).toBe(alive.intersection(pension).size)
    const without = elderly.difference(pension).difference(insured)
    expect(await counted('elderlyByPensionAndInsurance', 'NO_PENSION_UNINSURED')).toBe(without.size)
  })

  test('leaves no number of a person and no pseudonym in the store, and shows no cell under its threshold', async () => {
    const people = new Set(
      (await rows('population', 'select personal_id from citizen')).map((row) => row['personal_id']),
    )
    const tables = await rows(
      'statistics',
      `select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_migration'`,
    )
    for (const { table_name: table } of tables) {
      const text = JSON.stringify(await rows('statistics', `select * from ${String(table)}`))
      expect(text.match(/[0-9a-f]{32}/g)).toBeNull()
      expect((text.match(/\b\d{12}\b/g) ?? []).filter((found) => people.has(found))).toEqual([])
    }
    const small = `select p.figure from published p join counted c using (unit, month, figure, category)
      where length(p.unit) = 5 and c.contributors < 5`
    expect(await rows('statistics', small)).toEqual([])
    expect(await count('statistics', 'select count(*) from published where length(unit) = 5')).toBeGreaterThan(0)
  })

  test('is made by roles that can call the linkage and read nothing else', async () => {
    for (const name of ['population', 'land', 'health', 'social-security']) {
      const tables = await rows(name, `select tablename from pg_tables where schemaname = 'public'`)
      await withClient(databases.get(name)?.as(linkageRole(name)) ?? {}, async (client) => {
        for (const { tablename } of tables)
          await expect(client.query(`select * from "${String(tablename)}"`), String(tablename)).rejects.toThrow(
            'permission',
          )
      })
    }
  })

  test('in a process of its own says what it did; where it can not connect, the code', async () => {
    const signal = new AbortController().signal
    const order = { databases: linkageOf(databases), now: countedOn, communes: null }
    expect(await runRefresh(order, signal)).toMatchObject({ isDone: true })
    const broken = { ...order.databases, land: { ...order.databases.land, password: 'another' } }
    expect(await runRefresh({ ...order, databases: broken }, signal)).toEqual({ failed: '28P01' })
  })
})

describe('a later count', { timeout: 60_000 }, () => {
  beforeEach(open, 240_000)
  afterEach(close)

  const moveTo = (commune: string, people: number) =>
    inDatabase('population', (client) =>
      client.query(
        `update citizen set commune_code = $1, province_code = '01' where personal_id in (
           select personal_id from citizen where life_status = 'ALIVE' and province_code <> '01' order by 1 limit $2)`,
        [commune, people],
      ),
    )

  test('of the same month does not show one person who moved; of the next it may', async () => {
    await fillStatistics(databases)
    const before = await published()
    await moveTo('00004', 1)
    await fillStatistics(databases)
    expect(await published()).toEqual(before)
    expect((await fillStatistics(databases, { now: nextMonth })).isDone).toBe(true)
    const months = await rows(
      'statistics',
      `select distinct month from published where figure = 'population' order by 1`,
    )
    expect(months).toEqual([{ month: '2026-11' }, { month: '2026-12' }])
  })

  test('of one commune recounts it and what lies above it, and says when', async () => {
    await fillStatistics(databases)
    const value = async (unit: string): Promise<number> =>
      count('statistics', `select value as count from published where figure = 'population' and unit = '${unit}'`)
    const [commune, province] = [await value('00004'), await value('01')]
    await moveTo('00004', 40)
    await fillStatistics(databases, { communes: ['00004'], now: new Date('2026-11-16T05:00:00Z') })
    expect((await value('00004')) - commune).toBeGreaterThanOrEqual(35)
    expect((await value('01')) - province).toBeGreaterThanOrEqual(30)
    expect(await rows('statistics', 'select unit, as_of::text from unit_refresh')).toEqual([
      { unit: '00004', as_of: '2026-11-16 05:00:00+00' },
    ])
    const once = await published()
    await fillStatistics(databases, { communes: ['00004'] })
    expect(await published()).toEqual(once)
  })

  test('that fails leaves what was published', async () => {
    await fillStatistics(databases)
    const before = await published()
    await inDatabase('health', (client) => client.query('drop function linkage_flags'))
    await expect(fillStatistics(databases, { now: nextMonth })).rejects.toThrow('linkage_flags')
    expect(await published()).toEqual(before)
  })

  test('waits for none: while one counts another does nothing', async () => {
    await inDatabase('statistics', async (client) => {
      await client.query(`select pg_advisory_lock(hashtextextended('refresh', 0))`)
      expect((await fillStatistics(databases)).isDone).toBe(false)
    })
    expect(await published()).toEqual([])
  })
})
