import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { fillQuality } from '../support/fill-quality.ts'
import { fillStatistics } from '../support/fill-statistics.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 240_000)
afterAll(() => graph.close())

const analyst = { as: 'analyst', purpose: 'STATISTICS' }
const store = (sql: string) =>
  withClient(graph.databases.get('statistics')?.superuser ?? {}, (client) => client.query(sql))
const codes = (errors: readonly { extensions?: Record<string, unknown> }[] = []) => [
  ...new Set(errors.map(({ extensions }) => extensions?.['code'])),
]

describe('the figures', { timeout: 60_000 }, () => {
  test('before the first count say that they are not yet computed, and answer at once', async () => {
    const query =
      '{ nation { population { value status } landAreaByUse { status } } statistics(units: ["01"]) { unit } }'
    const { body } = await graph.ask({ ...analyst, query })
    expect(body).toMatchObject({
      data: {
        nation: { population: { value: null, status: 'NOT_COMPUTED' }, landAreaByUse: [{ status: 'NOT_COMPUTED' }] },
        statistics: [{ unit: '01' }],
      },
    })
  })

  test('of four domains and 34 provinces come in one question and two fetches', async () => {
    await fillStatistics(graph.databases)
    const query = `{ provinces { code statistics(month: "2026-11") { population { value } births { value } parcels { value }
      landCertificates { value } insured { value } visits { value } pensioners { value } contributors { value }
      elderlyWithoutPensionOrInsurance { value } landOwningHouseholdsOnAssistance { value } } } }`
    const { body, fetches } = await graph.ask({ ...analyst, query })
    expect(body.errors).toBeUndefined()
    const provinces = (body.data as { provinces: { statistics: { population: { value: number | null } } }[] }).provinces
    expect(provinces).toHaveLength(34)
    expect(fetches.map((fetch) => fetch.split(':')[0])).toEqual(['catalogue', 'statistics'])
    const { body: whole } = await graph.ask({
      ...analyst,
      query: '{ nation(month: "2026-11") { population { value } } }',
    })
    const nation = (whole.data as { nation: { population: { value: number } } }).nation.population.value
    const values = provinces.map(({ statistics }) => statistics.population.value)
    // Suppressed provinces are in the nation's sum, together.
    const rest = nation - values.reduce<number>((total, value) => total + (value ?? 0), 0)
    expect(rest > 0).toBe(values.filter((value) => value === null).length > 1)
  })

  test('are the same for two who put what they have together, and however often they ask', async () => {
    const ask = async (sub: string) =>
      (
        await graph.ask({
          as: {
            sub,
            kind: 'ANALYST',
            org: 'TTDH-CP',
            roles: ['analyst'],
            client_id: 'TTDH-CP',
            jurisdiction: ['VN'],
            account_level: 2,
            authn_level: 3,
          },
          purpose: 'STATISTICS',
          query:
            '{ province(code: "01") { statistics(month: "2026-11") { insured { value } uninsured { value } population { value } } } }',
        })
      ).body.data
    const answers = [await ask('one'), await ask('another'), await ask('one')]
    expect(answers[0]).not.toBeUndefined()
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
  })

  test('that are published while the server runs are in the next answer, and not before', async () => {
    const query = '{ province(code: "01") { statistics(month: "2026-11") { population { value isStale } } } }'
    const value = async () => {
      const { body } = await graph.ask({ ...analyst, query })
      return (body.data as { province: { statistics: { population: { value: number } } } }).province.statistics
        .population.value
    }
    const before = await value()
    const published = (to: number) =>
      `update published set value = ${to} where (unit, month, figure) = ('01', '2026-11', 'population')`
    await withClient(graph.databases.get('statistics')?.superuser ?? {}, async (client) => {
      await client.query('begin')
      await client.query(published(before + 5))
      expect(await value()).toBe(before)
      await client.query('commit')
      expect(await value()).toBe(before + 5)
      await client.query(published(before))
      expect(await value()).toBe(before)
    })
  })

  test('where the store fails are null with its code, and the rest of the answer stands', async () => {
    await store('alter table publication rename to away')
    const query = '{ province(code: "01") { name statistics { population { value } } } }'
    const { body } = await graph.ask({ ...analyst, query })
    expect(body.data).toEqual({ province: { name: 'Hà Nội', statistics: null } })
    expect(codes(body.errors)).toEqual(['INTERNAL'])
    await store('alter table away rename to publication')
  })
})

test('the quality of a database counts whom it served and refused, by the log', { timeout: 60_000 }, async () => {
  const query = '{ citizen(personalId: "901085000101") { fullName dateOfBirth } }'
  await graph.ask({ as: 'land-officer', purpose: 'LAND_REGISTRATION', query })
  for (let time = 0; time < 6; time += 1)
    await graph.ask({
      as: 'bank',
      purpose: 'CREDIT_ASSESSMENT',
      query: '{ citizen(personalId: "901187000102") { fullName } }',
    })
  expect(await fillQuality(graph.databases, new Date())).toMatchObject({ failures: 0 })
  const { body } = await graph.ask({
    ...analyst,
    query:
      '{ dataQuality(databases: ["population"]) { indicators { indicator measures { method observed failed query } } } }',
  })
  type Answered = { dataQuality: { indicators: { indicator: string; measures: { method: string }[] }[] }[] }
  const shared = (body.data as Answered).dataQuality[0]?.indicators.find(({ indicator }) => indicator === 'SHARED')
  expect(shared?.measures).toMatchObject([
    { method: 'ANSWERED', failed: expect.toSatisfy((failed: number) => failed === 5 || failed === 10) as number },
    {
      method: 'ORGANISATIONS',
      observed: 1,
      query: expect.stringMatching(/sharing_counts/) as string,
    },
  ])
})
