import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../../../policy/types.ts'
import { askSubgraph, type AskedSubgraph } from '../../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../../test/support/disclosures.ts'
import { oversightDatabase, until, type OversightDatabase } from '../../../test/support/oversight-database.ts'
import catalogue from '../../catalogue/index.ts'
import population from '../../population/index.ts'
import oversight from '../index.ts'
import { sequenceLeaves } from '../sequence-leaves.ts'
import { meterAll, runMetering } from './run-metering.ts'

const bank = officer({
  kind: 'SYSTEM',
  org: 'BANK-DEMO',
  orgKind: 'PRIVATE',
  purpose: 'CREDIT_ASSESSMENT',
  sub: 'bank',
})
const portal = officer({ kind: 'CITIZEN', org: 'DVCQG', orgKind: 'PORTAL', purpose: 'PUBLIC_SERVICE', sub: 'citizen' })
const alone = officer({ kind: 'CITIZEN', org: null, orgKind: null, purpose: null, sub: 'citizen' })
const callers = [officer(), bank, portal, alone, officer({ org: 'UBND-26740' })]
const fields = [
  'Citizen.fullName',
  'Citizen.sex',
  'Citizen.dateOfBirth',
  'LandRight.right',
  'Citizen.household',
] as const
const verdicts = [
  { outcome: 'ALLOW', basis: 'CONSENT' },
  { outcome: 'MASK', basis: 'CONSENT' },
  { outcome: 'ALLOW', basis: 'SELF' },
  { outcome: 'DENY', basis: null },
  { outcome: 'VERIFY_ONLY', basis: 'SELF' },
] as const
/** The last is November in Viet Nam and October elsewhere. */
const times = ['2026-10-03T02:00:00Z', '2026-11-20T02:00:00Z', '2026-10-31T17:00:00Z'].map((at) => new Date(at))
const accountant = (org: string, orgKind: Principal['orgKind']): Principal =>
  officer({ org, orgKind, purpose: 'METERING', roles: ['use-accountant'], sub: `accountant-${org}` })

let database: OversightDatabase
let graph: AskedSubgraph
/** What the test wrote: `organisation purpose coordinate basis month` -> values. */
const written = new Map<string, number>()

/** Leaves that each round of adding up took. */
const taken: number[] = []

beforeAll(async () => {
  database = await oversightDatabase()
  graph = askSubgraph(oversight, { pool: database.pool('oversight_app'), beside: [catalogue, population] })
  const sequencer = database.pool('oversight_sequencer')
  const logs = [database.log(), database.log()]
  let n = 0
  const write = async (count: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, () => {
        n += 1
        const caller = callers[n % callers.length] ?? alone
        const at = times[Math.floor(n / 2) % times.length] ?? new Date()
        const entries = Array.from({ length: (n % 3) + 1 }, (_, index) =>
          entry(`90118500${String((n * 7 + index) % 9999).padStart(4, '0')}`, {
            ...(verdicts[(Math.floor(n / 5) + index) % verdicts.length] ?? verdicts[0]),
            coordinates: fields.slice(n % 3, (n % 3) + 1 + (index % 3)),
          }),
        )
        if (caller.org !== null) for (const one of entries) note(caller, at, one)
        return (logs[n % 2] as (typeof logs)[number]).append(disclosureRecord(entries, at, caller))
      }),
    )
    const client = await sequencer.connect()
    await sequenceLeaves(client, null)
    client.release()
  }
  taken.push(await meterAll(sequencer, 10))
  // In pieces of odd sizes, some of them asked for by several at once, with more written in between.
  await write(97)
  taken.push(await meterAll(sequencer, 10), await meterAll(sequencer, 10))
  await write(131)
  const beside = await Promise.all([7, 11, 500].map((most) => meterAll(sequencer, most)))
  taken.push(beside.reduce((sum, step) => sum + step, await meterAll(sequencer)))
}, 60_000)
afterAll(() => database.close())

function note(caller: Principal, at: Date, { outcome, basis, coordinates }: ReturnType<typeof entry>): void {
  if (outcome !== 'ALLOW' && outcome !== 'MASK') return
  const month = at.toISOString().startsWith('2026-10-03') ? '2026-10' : '2026-11'
  for (const coordinate of coordinates) {
    const key = [caller.org, caller.purpose ?? '', coordinate, basis, month].join(' ')
    written.set(key, (written.get(key) ?? 0) + 1)
  }
}

const sumOf = (fits: (parts: string[]) => boolean): number =>
  [...written].filter(([key]) => fits(key.split(' '))).reduce((sum, [, count]) => sum + count, 0)

test('each leaf is taken once, whoever asks how often', () => expect(taken).toEqual([0, 97, 0, 131]))

test('the roll-up is exactly what was written', async () => {
  const rows = await database.rows<{ key: string; disclosed: string }>(
    `select concat_ws(' ', organisation, purpose, coordinate, basis, to_char(month, 'YYYY-MM')) as key, disclosed from metered_use`,
  )
  expect(written.size).toBeGreaterThan(30)
  expect(Object.fromEntries(rows.map(({ key, disclosed }) => [key, Number(disclosed)]))).toEqual(
    Object.fromEntries(written),
  )
})

test('only the sequencer’s role adds up, and nobody writes counts', async () => {
  const app = database.pool('oversight_app')
  await expect(app.query('select meter_disclosures(1)')).rejects.toThrow(/permission denied/)
  for (const role of ['oversight_app', 'oversight_sequencer', 'oversight_writer'])
    await expect(database.pool(role).query('update metered_use set disclosed = 1')).rejects.toThrow(/permission denied/)
})

test('runs behind the log until it is told to stop', async () => {
  await database
    .log()
    .append(disclosureRecord([entry('901085000101', { outcome: 'DENY' })], new Date('2026-11-20T01:00:00Z')))
  const pool = database.pool('oversight_sequencer')
  const client = await pool.connect()
  await sequenceLeaves(client, null)
  client.release()
  const stop = new AbortController()
  const running = runMetering(pool, stop.signal)
  await until(database.admin, 'select leaves = 229 from metering_progress')
  stop.abort()
  await running
})

type Line = {
  organisation: { code: string }
  purpose: { code: string } | null
  field: { coordinate: string }
  owner: { code: string }
  values: string
  charge: string
  price: number | null
  amount: number | null
  proposal: boolean
}

async function linesFor(principal: Principal, side: string, more = ''): Promise<Line[]> {
  const query = `{ meteredUse(month: "2026-11", side: ${side}, first: 100 ${more}) { nodes { organisation { code } purpose { code }
    field { coordinate } owner { code } values charge price amount citation proposal } } }`
  const { data, errors } = await graph.ask(query, principal)
  expect(errors).toBeUndefined()
  return JSON.parse(JSON.stringify((data as { meteredUse: { nodes: Line[] } }).meteredUse.nodes)) as Line[]
}

describe('meteredUse', () => {
  test('the payer sees its own values alone, exactly, at their price', async () => {
    const lines = await linesFor(accountant('BANK-DEMO', 'PRIVATE'), 'PAYER')
    expect(new Set(lines.map(({ organisation }) => organisation.code))).toEqual(new Set(['BANK-DEMO']))
    const priced = lines.find(({ field, charge }) => field.coordinate === 'Citizen.fullName' && charge === 'PRICED')
    const values = sumOf(
      ([org, , field, basis, month]) =>
        org === 'BANK-DEMO' && field === 'Citizen.fullName' && basis === 'CONSENT' && month === '2026-11',
    )
    expect(values).toBeGreaterThan(0)
    expect(priced).toMatchObject({
      values: String(values),
      price: 1000,
      amount: values * 1000,
      proposal: true,
      owner: { code: 'BCA' },
    })
  })

  test('a field that leads to others is no value', async () => {
    const lines = await linesFor(accountant('BANK-DEMO', 'PRIVATE'), 'PAYER')
    expect(lines.map(({ field }) => field.coordinate)).not.toContain('Citizen.household')
    expect(sumOf(([, , field]) => field === 'Citizen.household')).toBeGreaterThan(0)
  })

  test('the owner agency sees its fields alone, of every organisation, free where the law frees', async () => {
    const lines = await linesFor(accountant('BCA', 'STATE_AGENCY'), 'OWNER')
    expect(new Set(lines.map(({ owner }) => owner.code))).toEqual(new Set(['BCA']))
    expect(lines.map(({ field }) => field.coordinate)).not.toContain('LandRight.right')
    const charges = (org: string) =>
      [...new Set(lines.filter(({ organisation }) => organisation.code === org).map(({ charge }) => charge))].toSorted()
    expect(charges('UBND-00004')).toEqual(expect.not.arrayContaining(['PRICED', 'NO_PRICE']))
    expect(charges('DVCQG')).toContain('OWN_DATA')
    expect(charges('BANK-DEMO')).toContain('PRICED')
    const own = await linesFor(accountant('BCA', 'STATE_AGENCY'), 'OWNER', 'organisation: "DVCQG"')
    expect(new Set(own.map(({ organisation }) => organisation.code))).toEqual(new Set(['DVCQG']))
  })

  test('nobody sees another’s part by naming it', async () => {
    expect(await linesFor(accountant('BANK-DEMO', 'PRIVATE'), 'PAYER', 'organisation: "UBND-00004"')).toEqual([])
    expect(await linesFor(accountant('BANK-DEMO', 'PRIVATE'), 'OWNER')).toEqual([])
    expect(await linesFor(accountant('BYT', 'STATE_AGENCY'), 'OWNER')).toEqual([])
  })

  test('whoever reads data does not see accounts, and the other way round', async () => {
    for (const principal of [bank, officer()]) {
      const { data, errors } = await graph.ask('{ meteredTotal(month: "2026-11", side: PAYER) { values } }', principal)
      expect({ data, code: errors?.[0]?.extensions['code'] }).toMatchObject({
        data: { meteredTotal: null },
        code: 'CLASSIFICATION_DENIED',
      })
    }
  })
})

describe('meteredTotal', () => {
  const total = async (principal: Principal, month: string) =>
    graph.ask(
      `{ meteredTotal(month: "${month}", side: PAYER) { month values freeValues valuesWithoutPrice amount records asOf } }`,
      principal,
    )

  test('is the sum of the lines, with how far the log was added up', async () => {
    const lines = await linesFor(accountant('BANK-DEMO', 'PRIVATE'), 'PAYER')
    const { data } = await total(accountant('BANK-DEMO', 'PRIVATE'), '2026-11')
    const sum = (of: (line: Line) => number): number => lines.reduce((all, line) => all + of(line), 0)
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      meteredTotal: {
        month: '2026-11',
        values: String(sum(({ values }) => Number(values))),
        freeValues: String(sum(({ values, price }) => (price === 0 ? Number(values) : 0))),
        valuesWithoutPrice: String(sum(({ values, price }) => (price === null ? Number(values) : 0))),
        amount: sum(({ amount }) => amount ?? 0),
        records: '229',
        asOf: '2026-11-20T02:00:00.000Z',
      },
    })
    expect(sum(({ amount }) => amount ?? 0)).toBeGreaterThan(0)
  })

  test('a month without use is empty, one that has not come is refused', async () => {
    expect((await total(accountant('BANK-DEMO', 'PRIVATE'), '2020-01')).data).toMatchObject({
      meteredTotal: { values: '0', amount: 0 },
    })
    expect((await total(accountant('BANK-DEMO', 'PRIVATE'), '2026-12')).errors?.[0]?.extensions['code']).toBe(
      'BAD_USER_INPUT',
    )
  })
})
