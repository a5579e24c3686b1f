import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import type { AskedSubgraph } from '../../test/support/ask-subgraph.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import { refusal } from '../../test/support/refusal.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import { createPopulation } from '../../synthetic/population.ts'
import catalogue from './index.ts'

type QueryCase = { name: string; query: string; data: unknown; codes?: string[] }
type RefusedRow = { name: string; sql: string; constraint: string }
const file = (name: string): unknown => parse(readFileSync(join(import.meta.dirname, name), 'utf8'))

let database: TestDatabase
let asked: AskedSubgraph
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  database = await createTestDatabase(catalogue, createPopulation({ seed: 1, size: 100 }))
  pool = createPool(database.as(), { applicationName: 'test', max: 4 })
  asked = askSubgraph(catalogue, { pool })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

describe('anybody, without a token', () => {
  it.each(file('queries.cases.yaml') as QueryCase[])('$name', async ({ query, data, codes = [] }) => {
    const answer = await asked.ask(query)
    expect(answer.errors?.map((error) => error.extensions['code']) ?? []).toEqual(codes)
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual(data)
    expect(asked.records).toEqual([])
  })

  it('pages through all disease codes of a prefix once, in order', async () => {
    const codes: string[] = []
    for (let after: string | null = null; ;) {
      const argument: string = after === null ? '' : `, after: "${after}"`
      const { data } = await asked.ask(
        `{ icdCodes(prefix: "J", first: 7${argument}) { nodes { code } pageInfo { hasNextPage endCursor } } }`,
      )
      const page = (
        data as { icdCodes: { nodes: { code: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
      ).icdCodes
      codes.push(...page.nodes.map(({ code }) => code))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(codes.length).toBeGreaterThan(14)
    expect(codes).toEqual([...new Set(codes)].toSorted())
    expect(codes.every((code) => code.startsWith('J'))).toBe(true)
  })
})

describe('the database', () => {
  it.each(file('refused-rows.cases.yaml') as RefusedRow[])('refuses $name', async ({ sql, constraint }) => {
    expect(await refusal(database.superuser, sql)).toBe(constraint)
  })

  it('holds 34 provinces and the communes of each day: 687, 2,621 and 13 at first, 709, 2,599 and 13 now', async () => {
    const count = `select count(*) filter (where unit_type = 'WARD')::int as wards,
      count(*) filter (where unit_type = 'COMMUNE')::int as communes,
      count(*) filter (where unit_type = 'SPECIAL_ZONE')::int as zones,
      count(*) filter (where unit_type = 'CITY')::int as cities, count(*)::int as units
      from admin_unit_version where $1::date between valid_from and coalesce(valid_to, 'infinity')`
    const on = async (day: string) => (await pool.query(count, [day])).rows[0] as unknown
    expect(await on('2025-07-01')).toEqual({ wards: 687, communes: 2621, zones: 13, cities: 6, units: 3355 })
    expect(await on('2026-09-20')).toEqual({ wards: 709, communes: 2599, zones: 13, cities: 9, units: 3355 })
  })

  it('gives its application role no way to write', async () => {
    for (const table of ['admin_unit', 'icd_code', 'land_use_type'])
      await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
  })

  it('holds no land-use type of defence or security and no insurance group of the forces', async () => {
    const { rows } = await pool.query(`select code from land_use_type where code in ('CQP', 'CAN')
      union all select code from insurance_object where code in ('QN', 'CA', 'CY', 'TQ', 'TA', 'TY')`)
    expect(rows).toEqual([])
  })
})
