import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { nobody } from '../../identity/principal.ts'
import type { Principal } from '../../policy/types.ts'
import { isoFromDay } from '../../synthetic/calendar.ts'
import { disagreements } from '../../synthetic/disagreements.ts'
import { edgeCases } from '../../synthetic/edge-cases.ts'
import { sickLeaveOf } from '../../synthetic/life-events.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import { createSealedIds } from '../kit/sealed-ids.ts'
import catalogue from '../catalogue/index.ts'
import definition from './index.ts'
import { patientTables } from './seeding/patients.ts'

type RefusedRow = { name: string; sql: string; constraint: string }
type Truth = { name: string; sql: string }
const text = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')
const population = createPopulation({ seed: 1, size: 2500 })
const citizen = '901085000101'

let database: TestDatabase
let pool: ReturnType<typeof createPool>
let admin: Client

beforeAll(async () => {
  database = await createTestDatabase(definition, population)
  pool = createPool(database.as(), { applicationName: 'test', max: 4 })
  admin = new Client(database.superuser as ConstructorParameters<typeof Client>[0])
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await pool.end()
  await database.drop()
})

const rowsOf = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await admin.query<Record<string, unknown>>(sql, [...values])).rows

describe('the database', () => {
  it.each(parse(text('refused-rows.cases.yaml')) as RefusedRow[])('refuses $name', async ({ sql, constraint }) => {
    await admin.query('begin')
    try {
      await expect(admin.query(sql)).rejects.toMatchObject({ constraint })
    } finally {
      await admin.query('rollback')
    }
  })

  it('gives its application role neither a way to write nor the identity it holds', async () => {
    for (const table of Object.keys(patientTables))
      await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
    for (const column of ['full_name', 'sex', 'born_on', 'died_on', 'insurance_no'])
      await expect(pool.query(`select ${column} from person`)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the seed', () => {
  it.each(parse(text('truths.cases.yaml')) as Truth[])('$name', async ({ sql }) => {
    expect(await rowsOf(sql)).toEqual([])
  })

  it('knows everybody but those it is said not to know', async () => {
    const known = (await rowsOf('select personal_id from person')).map((row) => row['personal_id'])
    const expected = [...population.persons()].filter((person) => !person.absentFrom.has('health'))
    expect(new Set(known)).toEqual(new Set(expected.map((person) => person.personalId)))
    expect(known).not.toContain(edgeCases.absentFromHealth)
  })

  it('holds the planted sexes and years of birth', async () => {
    const planted = disagreements(population).filter((one) => one.domain === 'health')
    expect(new Set(planted.map((one) => one.field))).toEqual(new Set(['birthYear', 'sex']))
    for (const { personalId, field, value } of planted) {
      const [row] = await rowsOf('select sex, left(born_on, 4) as year from person where personal_id = $1', [
        personalId,
      ])
      expect(field === 'sex' ? row?.['sex'] : row?.['year']).toBe(value)
    }
  })

  it('has the hospital stay of every sick leave', async () => {
    for (const person of population.persons()) {
      const leave = sickLeaveOf(person, population.asOf)
      if (leave === null || person.absentFrom.has('health') || person.planted !== null) continue
      const stays = await rowsOf(
        `select (admitted_at at time zone interval '7 hours')::date::text as day from visit
         where personal_id = $1 and main_diagnosis = 'J18.9' and discharged_at > admitted_at + interval '1 day'`,
        [person.personalId],
      )
      expect(stays).toContainEqual({ day: isoFromDay(leave.from) })
    }
  })

  it('gives the citizen of the personas a card of an enterprise, visits with drugs and tests, and vaccinations', async () => {
    const [card] = await rowsOf(
      'select object_code, benefit_level, facility_code from insurance_card where personal_id = $1 and valid_to is null',
      [citizen],
    )
    expect(card).toEqual({ object_code: 'DN', benefit_level: 4, facility_code: '01001' })
    const visits = await rowsOf(
      `select facility_code, main_diagnosis, (select count(*) from prescription where visit_id = v.id) > 0 as drugs,
       (select count(*) from lab_result where visit_id = v.id) > 0 as tests from visit v where personal_id = $1`,
      [citizen],
    )
    expect(visits.length).toBeGreaterThanOrEqual(3)
    expect(visits).toContainEqual({ facility_code: '01001', main_diagnosis: 'I10', drugs: true, tests: true })
    const shots = await rowsOf('select 1 from vaccination where personal_id = $1', [citizen])
    expect(shots.length).toBeGreaterThan(0)
  })

  it('gives the children of the parent their cards and vaccinations', async () => {
    for (const child of [edgeCases.childUnder7, edgeCases.childOf12]) {
      const cards = await rowsOf(`select left(card_no, 3) as start from insurance_card where personal_id = $1`, [child])
      expect(cards).toContainEqual({ start: 'TE1' })
      const shots = await rowsOf('select 1 from vaccination where personal_id = $1', [child])
      expect(shots.length).toBeGreaterThan(0)
    }
  })
})

describe('asked through the kit', () => {
  const principal: Principal = {
    ...nobody,
    kind: 'CITIZEN',
    sub: 'me',
    personalId: citizen,
    accountLevel: 2,
    authnLevel: 3,
    audience: 'me',
  }

  it('lists the facilities of a province to anybody, in pages by code', async () => {
    const { ask } = askSubgraph(definition, { pool, beside: [catalogue] })
    const codes: string[] = []
    for (let after: string | null = null; ;) {
      const argument: string = after === null ? '' : `, after: "${after}"`
      const { data, errors } = await ask(
        `{ facilities(provinceCode: "04", first: 30${argument}) { nodes { code provinceCode synthetic } pageInfo { hasNextPage endCursor } } }`,
      )
      expect(errors).toBeUndefined()
      const page = (
        data as { facilities: { nodes: { code: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
      ).facilities
      codes.push(...page.nodes.map((node) => node.code))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    const all = await rowsOf(`select code from facility where province_code = '04' order by code`)
    expect(codes).toEqual(all.map((row) => row['code']))
    expect((await ask('{ facility(code: "01001") { name level } }')).data).toEqual({
      facility: { name: 'Bệnh viện mẫu số 01001', level: 'BASIC' },
    })
  })

  it('answers every field of a citizen to that citizen, but not what is never opened here', async () => {
    const { ask } = askSubgraph(definition, { pool, beside: [catalogue] })
    const { data, errors } = await ask(ownEverything(principal), principal)
    const refused = errors?.map((error) => [error.path?.at(-1), error.extensions['code']])
    expect(refused).toEqual([
      ['hivStatus', 'VERIFY_ONLY'],
      ['mentalHealth', 'VERIFY_ONLY'],
    ])
    const [entity] = (data as { _entities: Record<string, never>[] })._entities
    expect(entity).toMatchObject({
      healthRecord: {
        patientId: citizen,
        chronicConditions: ['I10', 'E78.5'],
        hivStatus: null,
        mentalHealth: null,
        disability: { form: 'MOTOR', degree: 'SEVERE' },
      },
      insuranceCards: expect.arrayContaining([
        expect.objectContaining({ objectCode: 'DN', primaryFacility: { code: '01001' } }),
      ]),
      visits: {
        nodes: expect.arrayContaining([
          expect.objectContaining({
            mainDiagnosis: 'J18.9',
            mainDisease: { code: 'J18.9' },
            facility: { name: 'Bệnh viện mẫu số 01001' },
          }),
        ]),
      },
    })
  })
})

/** The key that askSubgraph seals with. */
const ids = createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }])

function ownEverything({ audience }: Principal): string {
  const id = ids.seal('Citizen', citizen, audience)
  return `{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen {
    healthRecord { patientId allergies { substance reaction severity notedOn } chronicConditions bloodType disability { form degree }
      familyHistory hivStatus mentalHealth }
    insuranceCards { cardNo objectCode insuranceObject { code } benefitLevel validFrom validTo fiveYearDate primaryFacility { code } }
    visits(first: 10) { nodes { id visitId facility { name } visitObject admittedAt dischargedAt reason mainDiagnosis mainDisease { code } secondaryDiagnoses
      prescriptions { drug strength quantity unit directions days prescribedOn }
      labResults { test value unit referenceLow referenceHigh abnormal takenOn } totalCost insurancePaid patientPaid } }
    vaccinations { vaccine vaccineName dose givenAt lotNo adverseEvent } } } }`
}
