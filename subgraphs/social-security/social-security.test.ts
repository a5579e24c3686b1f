import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseSdl } from 'graphql'
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
import { personTables } from './seeding/person-rows.ts'

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

describe('the schema', () => {
  it('has the codes of the lists as its enums', async () => {
    const enums = new Map(
      parseSdl(text('schema.graphql')).definitions.flatMap((one) =>
        one.kind === 'EnumTypeDefinition'
          ? [[one.name.value, (one.values ?? []).map((value) => value.name.value)]]
          : [],
      ),
    )
    for (const [name, table] of [
      ['SiBenefitCode', 'benefit_type'],
      ['SocialCategoryCode', 'social_category'],
    ] as const) {
      const codes = (await rowsOf(`select code from ${table}`)).map((row) => row['code'])
      expect(new Set(enums.get(name))).toEqual(new Set(codes))
    }
  })
})

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
    for (const table of Object.keys(personTables))
      await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
    for (const column of ['full_name', 'sex', 'born_on', 'died_on'])
      await expect(pool.query(`select ${column} from person`)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the seed', () => {
  it.each(parse(text('truths.cases.yaml')) as Truth[])('$name', async ({ sql }) => {
    expect(await rowsOf(sql)).toEqual([])
  })

  it('knows everybody but those it is said not to know', async () => {
    const known = (await rowsOf('select personal_id from person')).map((row) => row['personal_id'])
    const expected = [...population.persons()].filter((person) => !person.absentFrom.has('social-security'))
    expect(new Set(known)).toEqual(new Set(expected.map((person) => person.personalId)))
    expect(known).not.toContain(edgeCases.absentFromSocialSecurity)
  })

  it('holds the planted names, years of birth and days of death', async () => {
    const planted = disagreements(population).filter((one) => one.domain === 'social-security')
    expect(new Set(planted.map((one) => one.field))).toEqual(new Set(['birthYear', 'fullName', 'diedOn']))
    const column = { birthYear: 'left(born_on, 4)', fullName: 'full_name', diedOn: 'died_on::text', sex: 'sex' }
    for (const { personalId, field, value } of planted) {
      expect(await rowsOf(`select ${column[field]} as value from person where personal_id = $1`, [personalId])).toEqual(
        [{ value }],
      )
    }
  })

  it('pays for every sick leave that somebody contributed before', async () => {
    let paid = 0
    for (const person of population.persons()) {
      const leave = sickLeaveOf(person, population.asOf)
      if (leave === null || person.absentFrom.has('social-security')) continue
      const found = await rowsOf(
        `select b.starts_on::text as day from benefit b join si_member m on m.id = b.member_id
         where m.personal_id = $1 and b.type = 'SICKNESS'`,
        [person.personalId],
      )
      paid += found.length
      if (found.length > 0) expect(found).toEqual([{ day: isoFromDay(leave.from) }])
    }
    expect(paid).toBeGreaterThan(10)
  })

  it('gives the citizen of the personas ten years and more with one employer, a sickness benefit and assistance', async () => {
    const [work] = await rowsOf(
      `select count(distinct employer_id)::int as employers, min(from_month)::text as since, bool_or(to_month is null) as now
       from participation p join si_member m on m.id = p.member_id where m.personal_id = $1`,
      [citizen],
    )
    expect(work).toEqual({ employers: 1, since: '2014-03-01', now: true })
    expect(
      await rowsOf('select type from benefit b join si_member m on m.id = b.member_id where m.personal_id = $1', [
        citizen,
      ]),
    ).toEqual([{ type: 'SICKNESS' }])
    expect(
      await rowsOf(
        'select category, monthly_amount::int as amount from beneficiary where personal_id = $1 and ends_on is null',
        [citizen],
      ),
    ).toEqual([{ category: 'DISABLED_SEVERE', amount: 810_000 }])
  })

  it('names the guardian who cares for an adult without capacity', async () => {
    const carers = await rowsOf('select distinct carer_id from beneficiary where personal_id = $1', [
      edgeCases.representedAdult,
    ])
    expect(carers).toEqual([{ carer_id: edgeCases.guardianOfAdult }])
  })
})

describe('asked through the kit', () => {
  const me: Principal = {
    ...nobody,
    kind: 'CITIZEN',
    sub: 'me',
    personalId: citizen,
    accountLevel: 2,
    authnLevel: 3,
    audience: 'me',
  }
  const officer: Principal = {
    ...nobody,
    kind: 'OFFICIAL',
    sub: 'officer',
    org: 'BHXH-01',
    orgKind: 'STATE_AGENCY',
    roles: ['social-insurance-officer'],
    accountLevel: 2,
    authnLevel: 3,
    purpose: 'INSURANCE_ADMINISTRATION',
    jurisdiction: ['01'],
    audience: 'BHXH-01',
  }

  it('answers every field of a citizen to that citizen, periods in order of time', async () => {
    const { ask } = askSubgraph(definition, { pool, beside: [catalogue] })
    const { data, errors } = await ask(everythingOf(citizen, me), me)
    expect(errors).toBeUndefined()
    const [entity] = (data as { _entities: { socialInsurance: { participations: { nodes: { from: string }[] } } }[] })
      ._entities
    expect(entity).toMatchObject({
      socialInsurance: {
        personalId: citizen,
        status: 'ACTIVE',
        scheme: 'COMPULSORY',
        benefits: [{ type: 'SICKNESS', period: { from: '2026-03-09', to: '2026-03-18' } }],
      },
      socialAssistance: expect.arrayContaining([
        expect.objectContaining({ category: 'DISABLED_SEVERE', coefficient: 1.5, monthlyAmount: 810_000, carer: null }),
      ]),
      povertyRecord: null,
      disabilityCertificate: { formAndDegree: { form: 'MOTOR', degree: 'SEVERE' } },
    })
    const months = entity?.socialInsurance.participations.nodes.map((node) => node.from) ?? []
    expect(months[0]).toBe('2014-03')
    expect(months).toEqual(months.toSorted())
    expect(entity?.socialInsurance.participations.nodes.at(-1)).toMatchObject({
      to: null,
      employer: { taxCode: '9900000104' },
      rates: { pension: '0.2200', workAccident: '0.0050' },
      arrears: false,
    })
  })

  it('answers an officer of the province what is basic, and nothing sensitive without a case', async () => {
    const { ask } = askSubgraph(definition, { pool, beside: [catalogue] })
    const { data, errors } = await ask(
      entity(
        citizen,
        officer,
        'socialInsurance { totalMonths participations { nodes { from salaryBase } } benefits { decisionNo amount } }',
      ),
      officer,
    )
    const [found] = (
      data as { _entities: { socialInsurance: { totalMonths: number; benefits: { amount: null }[] } }[] }
    )._entities
    expect(found?.socialInsurance.totalMonths).toBeGreaterThan(120)
    expect(found?.socialInsurance.benefits[0]?.amount).toBeNull()
    expect(
      new Set(errors?.map((error) => `${String(error.path?.at(-1))} ${String(error.extensions['code'])}`)),
    ).toEqual(new Set(['salaryBase CASE_REQUIRED', 'amount CASE_REQUIRED']))
  })

  it('answers an officer of another province nothing of them', async () => {
    const { ask } = askSubgraph(definition, { pool, beside: [catalogue] })
    const elsewhere = { ...officer, jurisdiction: ['79'] }
    const { data } = await ask(entity(citizen, elsewhere, 'socialInsurance { siNo }'), elsewhere)
    expect(data).toEqual({ _entities: [{ socialInsurance: null }] })
  })
})

/** The key that askSubgraph seals with. */
const ids = createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }])

function entity(person: string, { audience }: Principal, selection: string): string {
  const id = ids.seal('Citizen', person, audience)
  return `{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen { ${selection} } } }`
}

function everythingOf(person: string, principal: Principal): string {
  return entity(
    person,
    principal,
    `socialInsurance { id siNo personalId status scheme totalMonths
      participations(first: 50) { nodes { from to employer { unitCode taxCode name provinceCode } jobTitle salaryBase
        rates { scheme validFrom validTo pension sicknessMaternity workAccident unemployment } arrears } }
      benefits { type decisionNo amount period { from to } disabilityRate paymentAccount }
      unemploymentCases { lastEmployer { name } monthsEntitled startsOn } }
    socialAssistance { personalId category coefficient monthlyAmount decisionNo startsOn endsOn carer { person { id } } }
    povertyRecord { year householdStatus scoreB1B2 { b1 b2 } }
    disabilityCertificate { formAndDegree { form degree } certificateNo issuedOn }`,
  )
}
