import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { disagreements } from '../../synthetic/disagreements.ts'
import { edgeCases } from '../../synthetic/edge-cases.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import { inTransaction } from '../kit/postgres/in-transaction.ts'
import definition from './index.ts'
import { hasDiacritics } from './search-citizens.ts'
import { populationTables } from './seeding/citizen-rows.ts'

type RefusedRow = { name: string; sql: string; constraint: string }
type NameCase = { typed: string; name: string; found: boolean }
const file = (name: string): unknown => parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
const population = createPopulation({ seed: 1, size: 1000 })

let database: TestDatabase
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  database = await createTestDatabase(definition, population)
  pool = createPool(database.as(), { applicationName: 'test', max: 4 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const rowsOf = async (text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await pool.query<Record<string, unknown>>(text, [...values])).rows

describe('the seed', () => {
  it('knows everybody but those it is said not to know', async () => {
    const known = new Set((await rowsOf('select personal_id from citizen')).map((row) => row['personal_id']))
    const expected = [...population.persons()].filter((person) => !person.absentFrom.has('population'))
    expect(known).toEqual(new Set(expected.map((person) => person.personalId)))
    expect(known).not.toContain(edgeCases.absentFromPopulation)
  })

  it('gives every household one head, and every tie its other end', async () => {
    expect(
      await rowsOf(
        `select household_id from household_member group by 1 having count(*) filter (where relation_to_head = 'HEAD') <> 1`,
      ),
    ).toEqual([])
    const inverse = `select a.personal_id from relative a join citizen c on c.personal_id = a.relative_id where not exists (
      select from relative b where b.personal_id = a.relative_id and b.relative_id = a.personal_id and b.relation = any($2::text[]))
      and a.relation = $1`
    for (const [relation, others] of [
      ['FATHER', ['CHILD']],
      ['MOTHER', ['CHILD']],
      ['SPOUSE', ['SPOUSE']],
      ['CHILD', ['FATHER', 'MOTHER']],
      ['REPRESENTATIVE', ['REPRESENTED']],
      ['REPRESENTED', ['REPRESENTATIVE']],
    ] as const) {
      expect(await rowsOf(inverse, [relation, others]), relation).toEqual([])
    }
  })

  it('holds the planted years of birth, which the numbers contradict', async () => {
    const planted = disagreements(population).filter((one) => one.domain === 'population')
    expect(planted.length).toBeGreaterThanOrEqual(3)
    const found = await rowsOf(
      `select personal_id, birth_year from citizen where substr(personal_id, 5, 2)::int <> birth_year % 100 order by 1`,
    )
    const expected = planted.map((one) => ({ personal_id: one.personalId, birth_year: Number(one.value) }))
    expect(found).toEqual(expected.toSorted((one, other) => (one.personal_id < other.personal_id ? -1 : 1)))
  })

  it('writes addresses by the names of the day they were registered', async () => {
    const texts = await rowsOf(
      `select text, commune_code from residence_address where personal_id = $1 and kind = 'CURRENT'`,
      [edgeCases.renamedCommuneDongNai],
    )
    expect(texts).toEqual([{ text: 'Khu phố Phước Hải, Xã Long Thành, Đồng Nai', commune_code: '26368' }])
    const unsettled = await rowsOf(
      `select commune_code, province_code from residence_address where personal_id = $1 and kind = 'CURRENT'`,
      [edgeCases.noFixedResidence],
    )
    expect(unsettled).toEqual([{ commune_code: null, province_code: '79' }])
  })

  it('issues no document before the fourteenth birthday but cards of children, nor after death', async () => {
    const early = `select d.kind from id_document d join citizen c using (personal_id)
      where d.issued_on < first_day(c.date_of_birth) + interval '5 years' or (c.life_status = 'DECEASED' and d.issued_on > c.death_or_missing_date)`
    expect(await rowsOf(early)).toEqual([])
  })

  it('writes the same bytes again', async () => {
    const again = await createTestDatabase(definition)
    const client = new Client(again.superuser as ConstructorParameters<typeof Client>[0])
    await client.connect()
    await inTransaction(client, async () => definition.seed?.(client, createPopulation({ seed: 1, size: 1000 })))
    for (const table of Object.keys(populationTables)) {
      const text = `select md5(string_agg(line, chr(10) order by line)) as hash from (select t::text as line from ${table} t) rows`
      expect((await client.query(text)).rows, table).toEqual(await rowsOf(text))
    }
    await client.end()
    await again.drop()
  })
})

describe('the database', () => {
  it.each(file('refused-rows.cases.yaml') as RefusedRow[])('refuses $name', async ({ sql, constraint }) => {
    await expect(inRolledBack(sql)).rejects.toMatchObject({ constraint })
  })

  it('gives its application role no way to write', async () => {
    for (const table of Object.keys(populationTables)) {
      await expect(pool.query(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' })
    }
  })

  it.each(file('names.cases.yaml') as NameCase[])('compares "$typed" with "$name"', async ({ typed, name, found }) => {
    const column = hasDiacritics(typed) ? 'name_key' : 'name_folded'
    expect(await rowsOf(`select ${column}($1) = ${column}($2) as same`, [typed, name])).toEqual([{ same: found }])
  })
})

async function inRolledBack(sql: string): Promise<void> {
  const client = new Client(database.superuser as ConstructorParameters<typeof Client>[0])
  await client.connect()
  try {
    await client.query('begin')
    await client.query(sql)
  } finally {
    await client.query('rollback')
    await client.end()
  }
}
