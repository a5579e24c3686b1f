import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadOrganisations } from '../../identity/organisations.ts'
import { principalFromClaims } from '../../identity/principal.ts'
import type { Principal } from '../../policy/types.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import type { AskedSubgraph } from '../../test/support/ask-subgraph.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import catalogue from '../catalogue/index.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import definition from './index.ts'

const population = createPopulation({ seed: 1, size: 1000 })

let database: TestDatabase
let asked: AskedSubgraph
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  database = await createTestDatabase(definition, population)
  pool = createPool(database.as(), { applicationName: 'test', max: 4 })
  asked = askSubgraph(definition, { pool, beside: [catalogue] })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const organisations = loadOrganisations()
function persona(name: string, stated: Partial<Principal> = {}): Principal {
  const claims = loadPersonas().find((one) => one.persona === name)?.claims
  const principal = principalFromClaims(claims, 'token', organisations)
  if (principal === null) throw new Error(`no persona ${name}`)
  return { ...principal, ...stated }
}
const officer = (name = 'commune-officer'): Principal => persona(name, { purpose: 'CIVIL_STATUS' })
const codesOf = (errors: readonly { extensions: Record<string, unknown> }[] = []): unknown[] =>
  errors.map((error) => error.extensions['code'])

describe('a citizen', () => {
  it('reads the own row as me', async () => {
    const { data, errors } = await asked.ask(
      `{ me { fullName personalId dateOfBirth ethnicity currentResidence { text commune { code } province { code } }
        household { head { fullName } members { relation } } identityRecord { occupation eidLevel } idDocuments { kind } } }`,
      persona('citizen'),
    )
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({
      me: {
        fullName: 'Nguyễn Văn An',
        personalId: '901085000101',
        dateOfBirth: '1985-04-12',
        ethnicity: '01',
        currentResidence: {
          text: 'Số 12, ngõ 34, phố Lê Hồng Phong, Phường Ba Đình, Hà Nội',
          commune: { code: '00004' },
          province: { code: '01' },
        },
        household: { head: { fullName: 'Nguyễn Văn An' }, members: [{ relation: 'HEAD' }] },
        identityRecord: { occupation: 'Kế toán', eidLevel: 2 },
      },
    })
  })

  it('sees no tie to another adult, whose part it is too', async () => {
    const { data } = await asked.ask('{ me { relatives { relation name } } }', persona('citizen'))
    expect(JSON.parse(JSON.stringify(data))).toEqual({ me: { relatives: [] } })
  })

  it('finds nobody by name', async () => {
    const { data, errors } = await asked.ask(
      '{ searchCitizens(name: "Nguyễn Văn An", dateOfBirth: "1985", communeCode: "00004") { nodes { id } } }',
      persona('citizen'),
    )
    expect(data).toEqual({ searchCitizens: null })
    expect(codesOf(errors as never)).toEqual(['CLASSIFICATION_DENIED'])
  })
})

describe('nobody and officials', () => {
  it('have no row of their own', async () => {
    expect(codesOf((await asked.ask('{ me { id } }')).errors as never)).toEqual(['UNAUTHENTICATED'])
    const { data } = await asked.ask('{ me { id } }', officer())
    expect(data).toEqual({ me: null })
  })
})

describe('an officer of the commune', () => {
  const search = (name: string, born: string, places: string) =>
    `{ searchCitizens(name: "${name}", dateOfBirth: "${born}"${places}) { nodes { personalId } pageInfo { hasNextPage } } }`
  const own = ', communeCode: "00004"'
  const found = { searchCitizens: { nodes: [{ personalId: '901085000101' }], pageInfo: { hasNextPage: false } } }

  it.each([
    ['the whole name and date', search('Nguyễn Văn An', '1985-04-12', own)],
    ['the year alone', search('Nguyễn Văn An', '1985', own)],
    ['no diacritics', search('nguyen van an', '1985-04', own)],
    ['province and commune', search('Nguyễn Văn An', '1985', ', provinceCode: "01", communeCode: "00004"')],
  ])('finds who lives there by %s', async (_way, query) => {
    const { data, errors } = await asked.ask(query, officer())
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toEqual(found)
  })

  it.each([
    ['another year', search('Nguyễn Văn An', '1986', own)],
    ['another day', search('Nguyễn Văn An', '1985-04-13', own)],
    ['other diacritics', search('Nguyễn Vân An', '1985', own)],
    ['a province the commune is not in', search('Nguyễn Văn An', '1985', ', provinceCode: "79", communeCode: "00004"')],
  ])('finds nobody by %s', async (_way, query) => {
    const { data, errors } = await asked.ask(query, officer())
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({ searchCitizens: { nodes: [] } })
  })

  it.each([
    ['another commune', ', communeCode: "26740"'],
    ['a whole province', ', provinceCode: "01"'],
    ['the nation', ''],
  ])('may not search %s', async (_where, places) => {
    const { errors } = await asked.ask(search('Nguyễn Văn An', '1985', places), officer())
    expect(codesOf(errors as never)).toEqual(['OUT_OF_JURISDICTION'])
  })

  it.each([
    ['an empty name', search('  ', '1985', own)],
    ['a name of 201 characters', search('a'.repeat(201), '1985', own)],
    ['a code that is none', search('An', '1985', `${own}, provinceCode: "1"`)],
    ['a page of none', search('An', '1985', `${own}, first: 0`)],
    ['a broken cursor', search('An', '1985', `${own}, after: "x"`)],
  ])('is told of %s', async (_what, query) => {
    expect(codesOf((await asked.ask(query, officer())).errors as never)).toEqual(['BAD_USER_INPUT'])
  })

  it('leaves a line in the log for each person found', async () => {
    const before = asked.records.length
    await asked.ask(search('Nguyễn Văn An', '1985', own), officer())
    const entries = asked.records.slice(before).flatMap((record) => record.entries)
    expect(
      entries.filter((entry) => entry.coordinates.includes('Query.searchCitizens') && entry.subject === '901085000101'),
    ).not.toEqual([])
  })

  it('reads a household by its sealed id, which every member can see in the log; a forged id leads nowhere', async () => {
    const { data } = await asked.ask('{ citizen(personalId: "901085000101") { household { id } } }', officer())
    const { id } = (data as { citizen: { household: { id: string } } }).citizen.household
    const before = asked.records.length
    const read = await asked.ask(`{ household(id: "${id}") { householdNo members { fullName } } }`, officer())
    const subjects = asked.records.slice(before).flatMap((record) => record.entries.map((entry) => entry.subject))
    for (const member of ['901085000101', '901186000106', '901212000107', '901156000108']) {
      expect(subjects).toContain(member)
    }
    expect(JSON.parse(JSON.stringify(read.data))).toMatchObject({ household: { members: [{}, {}, {}, {}] } })
    const elsewhere = await asked.ask(`{ household(id: "${id}") { householdNo } }`, officer('other-commune-officer'))
    expect(codesOf(elsewhere.errors as never)).toEqual(['BAD_USER_INPUT'])
    expect(codesOf((await asked.ask('{ household(id: "x") { householdNo } }', officer())).errors as never)).toEqual([
      'BAD_USER_INPUT',
    ])
  })
})
