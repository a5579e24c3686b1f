import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDatasets } from '../gateway/open-data/datasets.ts'
import { dayInVietNam } from '../subgraphs/statistics/months.ts'
import { rowsFromCsv } from '../synthetic/csv.ts'
import { valueAt } from './golden/golden-case.ts'
import { fillStatistics } from './support/fill-statistics.ts'
import { until } from './support/oversight-database.ts'
import { openWholeGraph, type WholeGraph } from './support/whole-graph.ts'

/** Every record has been added up. */
const isMetered = `select meter_disclosures(100000) >= 0
  and (select leaves = (select count(*) from disclosure) from metering_progress)`

type Table = { columns: string[]; rows: Record<string, unknown>[] }

let graph: WholeGraph
let address: string
beforeAll(async () => {
  graph = await openWholeGraph()
  await fillStatistics(graph.databases)
  address = (await graph.listen()).replace(/\/graphql$/, '')
}, 240_000)
afterAll(() => graph.close())

const get = (file: string, headers: Record<string, string> = {}) => fetch(`${address}/open-data/${file}`, { headers })
const table = async (id: string): Promise<Table> => (await (await get(`${id}.json`)).json()) as Table

describe('every dataset', () => {
  test.each([...loadDatasets().keys()])('%s is the same in both forms, and whole', async (id) => {
    const csv = await (await get(`${id}.csv`)).text()
    const { columns, rows } = await table(id)
    const lines = rowsFromCsv(csv.replace(/^\uFEFF/, ''))
    expect(rows.length).toBeGreaterThan(0)
    expect(lines).toHaveLength(rows.length)
    expect(Object.keys(lines[0] ?? {})).toEqual(columns)
    // A column without a value in any row is a path the graph does not give.
    const empty = columns.filter((column) => rows.every((row) => row[column] === null))
    expect(
      empty.filter((column) => !/^(validTo|law|statistics\.|population\.|households\.|parcels\.)/.test(column)),
    ).toEqual([])
  })

  test('holds all that the catalogue has', async () => {
    const counts = await Promise.all(
      ['provinces', 'communes', 'former-provinces', 'commune-crosswalk', 'icd-codes', 'ethnic-groups'].map(
        async (id) => (await table(id)).rows.length,
      ),
    )
    // 10,599 links, and five units that were there before.
    expect(counts).toEqual([34, 3321, 63, 10_604, 716, 56])
  })
})

test('figures are those of the graph, with their status, and nothing is made up for a hidden one', async () => {
  const { body } = await graph.ask({ as: 'nobody', query: '{ nation { population { value status } } }' })
  const [nation] = (await table('nation-figures')).rows
  expect(body.data).toEqual({
    nation: { population: { value: nation?.['population.value'], status: nation?.['population.status'] } },
  })
  const hidden = (await table('commune-figures')).rows.filter(
    (row) => row['statistics.population.status'] === 'SUPPRESSED',
  )
  expect(hidden.length).toBeGreaterThan(100)
  expect(hidden.filter((row) => row['statistics.population.value'] !== null)).toEqual([])
})

test('the dictionary has every field once, with owner, class and level', async () => {
  const { rows } = await table('dictionary')
  expect(new Set(rows.map(({ coordinate }) => coordinate)).size).toBe(rows.length)
  expect(rows.find(({ coordinate }) => coordinate === 'Citizen.religion')).toMatchObject({
    id: 'x-population.citizen.religion',
    owner: 'BCA',
    level: 'L3',
    sharing: 'RESTRICTED',
    personal: ['S_B'],
  })
  expect(rows.length).toBeGreaterThan(700)
})

test('a token changes nothing: a cache may keep it for all', async () => {
  const plain = await get('provinces.csv')
  const signed = await get('provinces.csv', { authorization: `Bearer ${await graph.tokenOf('analyst')}` })
  expect(signed.headers.get('etag')).toBe(plain.headers.get('etag'))
  expect(await signed.text()).toBe(await plain.text())
  expect(plain.headers.get('cache-control')).toBe('public, max-age=300')
  const again = await get('provinces.csv', { 'if-none-match': plain.headers.get('etag') ?? '' })
  expect({ status: again.status, body: await again.text() }).toEqual({ status: 304, body: '' })
})

test('what a bank was given is on its account, value by value, and on the owner’s', async () => {
  const month = dayInVietNam(new Date()).slice(0, 7)
  const log = new Client(graph.databases.get('oversight')?.superuser)
  await log.connect()
  /** Dong on the bank's account, and values of its own reading on the owner agency's. */
  const accounts = async (): Promise<{ dong: number; values: number }> => {
    await until(log, isMetered)
    const total = `{ meteredTotal(month: "${month}", side: PAYER) { amount } }`
    const payer = await graph.ask({ as: 'bank-accountant', purpose: 'METERING', query: total })
    const lines = `{ meteredUse(month: "${month}", side: OWNER, organisation: "BANK-DEMO") { nodes { purpose { code } values } } }`
    const owner = await graph.ask({ as: 'population-accountant', purpose: 'METERING', query: lines })
    const nodes = valueAt(owner.body.data, 'meteredUse.nodes') as { purpose: { code: string }; values: string }[]
    const read = nodes.filter(({ purpose }) => purpose.code === 'CREDIT_ASSESSMENT')
    return {
      dong: Number(valueAt(payer.body.data, 'meteredTotal.amount')),
      values: read.reduce((sum, line) => sum + Number(line.values), 0),
    }
  }
  try {
    const query = '{ citizen(personalId: "901085000101") { fullName dateOfBirth ethnicity } }'
    await graph.ask({ as: 'bank', purpose: 'CREDIT_ASSESSMENT', query })
    const before = await accounts()
    const { body } = await graph.ask({ as: 'bank', purpose: 'CREDIT_ASSESSMENT', query })
    expect(body.data).toMatchObject({ citizen: { fullName: 'Nguyễn Văn An', ethnicity: null } })
    // Two fields more. That the accounts themselves were read is on them too, without a price.
    expect(before.values).toBe(2)
    expect(await accounts()).toEqual({ dong: before.dong + 2 * 1000, values: 4 })
  } finally {
    await log.end()
  }
})
