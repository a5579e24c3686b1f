import type { Command } from 'commander'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createReviewTools, type ReviewTools } from '../../bin/access/review-tools.ts'
import { createSimulate } from '../../bin/access/simulate.ts'
import { createWhat } from '../../bin/access/what.ts'
import { createWho } from '../../bin/access/who.ts'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'

const written: (string | Buffer)[] = []
const tools = createReviewTools((text) => written.push(text))
let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 240_000)
afterAll(() => graph.close())
afterEach(() => {
  process.exitCode = undefined
})

/** What a verb prints as JSON. */
async function printed<Value>(create: (tools: ReviewTools) => Command, ...args: string[]): Promise<Value> {
  written.length = 0
  await create(tools)
    .exitOverride()
    .parseAsync([...args, '--json'], { from: 'user' })
  return JSON.parse(written.join('')) as Value
}

/** What the one field of a question answers the reviewer. */
async function answered<Value>(query: string, variables: Record<string, unknown>): Promise<Value> {
  const { body } = await graph.ask({ as: 'reviewer', purpose: 'ACCESS_REVIEW', query, variables })
  expect(body.errors).toBeUndefined()
  return Object.values(body.data ?? {})[0] as Value
}

const codesOf = ({ body }: Answer) => (body.errors ?? []).map(({ extensions }) => extensions?.['code'])

describe('simulate', () => {
  type Field = { path: string; fate: string; code: string | null }
  type Simulated = {
    caller: object
    facts: object
    refusal: { code: string; vi: string; en: string } | null
    fields: Field[]
  }
  const simulation = `
    query ($query: String!, $variables: String, $caller: String!, $purpose: String, $caseStated: Boolean, $facts: AccessFactsInput) {
      accessSimulation(query: $query, variables: $variables, caller: $caller, purpose: $purpose, caseStated: $caseStated, facts: $facts) {
        refusal { code reason { vi en } } known { name value }
        fields { path coordinate fate outcome conditional level rule citation proposal code }
      }
    }`
  const child = '901322000104'
  const everywhere = `query ($id: ID!, $child: PersonalId = "${child}", $deep: Boolean = false, $rule: String) {
    provinces { name }
    node(id: $id) { ... on Citizen { fullName ...rest } ... on Parcel { areaM2 } }
    citizen(personalId: $child) { secret: religion ...rest visits(first: 1) @include(if: $deep) { nodes { mainDiagnosis } } }
    accessMatrix(coordinate: $rule) { nodes { rule } }
    __typename
  } fragment rest on Citizen { ethnicity temporaryAbsence household { address } }`
  const variables = { id: 'x', deep: true, rule: 'Citizen.sex' }

  test.each([
    { as: 'commune-officer', purpose: 'CIVIL_STATUS', case: 'HT-2026-000001' },
    { as: 'analyst', purpose: 'NONE' },
  ])('over the graph is what the command prints for $as', async ({ as, purpose, case: number }) => {
    const json = JSON.stringify(variables)
    const stated = ['--as', as, '--purpose', purpose, ...(number === undefined ? [] : ['--case', number])]
    const command = await printed<Simulated>(createSimulate, everywhere, ...stated, '--variables', json)
    const asked = { query: everywhere, variables: json, caller: as, purpose, caseStated: number !== undefined }
    const field = await answered<unknown>(simulation, asked)
    expect(field).toEqual(asAnswered(command))
    expect(command.fields.length).toBeGreaterThan(9)
    expect(JSON.stringify(field)).not.toContain(child)
  })

  test('over the graph is what the command prints for a kind of caller and facts that are fixed', async () => {
    const caller = 'CREDIT_ASSESSMENT SYSTEM PRIVATE credit-officer'
    const query = 'mutation { withdrawConsent(input: { consentId: "x" }) { consent { id } } }'
    const fixed = ['--as', caller, '--consent', 'WITHDRAWN', '--subject', 'ADULT', '--outside']
    const facts = { consent: 'WITHDRAWN', subject: 'ADULT', inside: false }
    const command = await printed<Simulated>(createSimulate, query, ...fixed)
    expect(await answered(simulation, { query, caller, facts })).toEqual(asAnswered(command))
  })

  test.each([
    { as: 'bank', purpose: 'CREDIT_ASSESSMENT' },
    { as: 'commune-officer', purpose: 'CIVIL_STATUS', case: 'HT-2026-000001' },
    { as: 'commune-officer' },
    { as: 'citizen-low' },
    { as: 'analyst', purpose: 'STATISTICS' },
    { as: 'nobody' },
  ])('foretells what the gateway refuses $as ($purpose, $case)', async ({ as, ...states }) => {
    const stated = [
      '--purpose',
      states.purpose ?? 'NONE',
      ...(states.case === undefined ? [] : ['--case', states.case]),
    ]
    const json = JSON.stringify(variables)
    const { fields } = await printed<Simulated>(createSimulate, everywhere, '--as', as, ...stated, '--variables', json)
    const { body } = await graph.ask({ as, query: everywhere, variables, ...states })
    const told = (body.errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${String(extensions?.['code'])}`)
    // What stands on one of several possible types is told where the row is of that type alone.
    const cut = fields.filter(({ path, fate }) => fate === 'REFUSED' && !path.includes('('))
    expect(cut.length).toBeGreaterThan(0)
    for (const { path, code } of cut) expect(told).toContain(`${path} ${code}`)
  })

  const aliases = (count: number, field: string) => Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')
  const chain = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Citizen { ...f${i + 1} ...f${i + 1} }`).join(
    ' ',
  )
  const refused: [string, string, object?][] = [
    ['no GraphQL', '{ me {'],
    ['a name that is none', '{ me { shoeSize } }'],
    ['a value of another type', '{ communes(provinceCode: 901322000104) { name } }'],
    ['a variable that does not fit', 'query ($n: Int) { me { visits(first: $n) { nodes { id } } } }', { n: child }],
    ['a variable that is missing', 'query ($id: ID!) { node(id: $id) { id } }'],
    ['one that is missing where all is cut', 'query ($a: Boolean!) { accessInvariants @include(if: $a) { id } }'],
    ['a page of 101', '{ me { visits(first: 101) { nodes { id } } } }'],
    ['more tokens than are read', `{ ${'a '.repeat(2600)} }`],
    ['brackets without end', '{ me '.repeat(70)],
    ['51 root fields', `{ ${aliases(51, 'provinces { code }')} }`],
    ['fragments that double', `{ me { ...f0 } } ${chain} fragment f30 on Citizen { fullName }`],
    ['more values than are answered', '{ provinces { communes { province { communes { name } } } } }'],
    ['questions about the schema without end', `{ ${aliases(3, '__schema { queryType { name } }')} }`],
    ['two operations and no name', 'query A { provinces { code } } query B { provinces { code } }'],
  ]
  test.each(refused)('refuses %s in the words of the gateway, without a value', async (_what, query, given = {}) => {
    const json = JSON.stringify(given)
    const { refusal, fields } = await printed<Simulated>(createSimulate, query, '--as', 'citizen', '--variables', json)
    expect(process.exitCode).toBe(2)
    const { body } = await graph.ask({ as: 'citizen', query, variables: { ...given } })
    const [{ message, extensions } = {}] = body.errors ?? []
    expect(refusal).toEqual({ code: extensions?.['code'], vi: extensions?.['message_vi'], en: message })
    expect(fields).toEqual([])
    expect(JSON.stringify(refusal)).not.toContain(child)
  })

  test('tells a refusal over the graph as a value', async () => {
    const query = `{ communes(provinceCode: ${child}) { name } }`
    const command = await printed<Simulated>(createSimulate, query, '--as', 'citizen')
    expect(await answered(simulation, { query, caller: 'citizen' })).toEqual(asAnswered(command))
    expect(graph.logged()).not.toContain(child)
  })

  function asAnswered({ caller, facts, refusal, fields }: Simulated): object {
    const known = Object.entries({ ...caller, ...facts }).map(([name, value]: [string, unknown]) => {
      return { name, value: value === null ? null : String(value) }
    })
    return {
      refusal: refusal && { code: refusal.code, reason: { vi: refusal.vi, en: refusal.en } },
      known,
      fields,
    }
  }
})

describe('the ways', () => {
  type Cell = Record<string, unknown>
  const way = 'steps closesAt code rule citation'
  const cell =
    'coordinate caller purpose kind organisationKind role level outcome rule basis citation proposal conditions { vi en }'
  const open = (steps: string[]) => ({ steps, closesAt: null, code: null, rule: null, citation: null })
  /** What is said of a cell for machines alone is not a field. */
  const shown = ({ requires: _requires, ...one }: Cell): Cell => one

  test.each(['Citizen.ethnicity', 'Province.name'])('of who %s are those the command prints', async (coordinate) => {
    type Closed = { path: string[]; at: string; decision: Record<'code' | 'rule' | 'citation', string> }
    type Reader = { caller: string; cells: Cell[]; open: string[][]; closed: Closed[] }
    const command = await printed<{ readers: Reader[] }>(createWho, coordinate, '--paths')
    const query = `query ($coordinate: String!) { accessReaders(coordinate: $coordinate) {
      coordinate everybody { vi en } ways readers { caller cells { ${cell} } open { ${way} } closed { ${way} } } } }`
    const readers = command.readers.map((one) => ({
      caller: one.caller,
      cells: one.cells.map(shown),
      open: one.open.map(open),
      closed: one.closed.map(({ path, at, decision: { code, rule, citation } }) => {
        return { steps: path, closesAt: at, code, rule, citation }
      }),
    }))
    expect(await answered(query, { coordinate })).toEqual({ ...command, readers })
  })

  test('of what a doctor reaches are those the command prints, in pages', async () => {
    const [caller, purpose] = ['doctor', 'TREATMENT']
    const stated = ['--as', caller, '--purpose', purpose]
    const command = await printed<(Cell & { ways: string[][] })[]>(createWhat, ...stated, '--paths')
    expect(command.length).toBeGreaterThan(100)
    const query = `query ($caller: String!, $purpose: String, $after: String) {
      accessReach(caller: $caller, purpose: $purpose, first: 100, after: $after) {
        nodes { cell { ${cell} } ways { ${way} } } pageInfo { endCursor hasNextPage } } }`
    type Page = { nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
    const pages: Page[] = []
    do {
      const after = pages.at(-1)?.pageInfo.endCursor
      pages.push(await answered<Page>(query, { caller, purpose, after }))
    } while (pages.at(-1)?.pageInfo.hasNextPage === true)
    expect(pages.flatMap(({ nodes }) => nodes)).toEqual(
      command.map(({ ways, ...one }) => ({ cell: shown(one), ways: ways.map(open) })),
    )
  })
})

test('only the reviewer asks, and a field, caller or purpose that is none is told as such', async () => {
  const query = `query ($caller: String!, $purpose: String, $field: String = "Citizen.sex") {
    accessReaders(coordinate: $field) { ways }
    accessReach(caller: $caller, purpose: $purpose) { nodes { cell { rule } } }
    accessSimulation(query: "{ me { id } }", caller: $caller, purpose: $purpose) { fields { path } } }`
  const asBank = { query, variables: { caller: 'bank' } }
  const officer = await graph.ask({ as: 'commune-officer', purpose: 'CIVIL_STATUS', ...asBank })
  expect(officer.body.data).toEqual({ accessReaders: null, accessReach: null, accessSimulation: null })
  expect(officer.fetches).toEqual([])
  const reviewer = { as: 'reviewer', purpose: 'ACCESS_REVIEW', query }
  const burglar = { caller: 'burglar', field: 'Citizen.shoeSize' }
  const unstatable = { caller: 'bank', purpose: 'CIVIL_STATUS', field: 'Citizen.shoeSize' }
  for (const variables of [burglar, unstatable])
    expect(codesOf(await graph.ask({ ...reviewer, variables }))).toEqual(Array(3).fill('BAD_USER_INPUT'))
})
