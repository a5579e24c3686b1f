import { setImmediate as turn } from 'node:timers/promises'
import { buildSchema, parse, type ExecutionResult } from 'graphql'
import { expect, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import type { DisclosureEntry, DisclosureReceipt, DisclosureRecord } from '../../policy/disclosure.ts'
import type { Subgraph } from './create-subgraph.ts'
import { createRunFetches, type RunFetchesDeps } from './run-fetches.ts'
import type { SubgraphRequest } from './run-request.ts'

const entry: DisclosureEntry = {
  subject: null,
  coordinates: ['Citizen.fullName'],
  outcome: 'ALLOW',
  code: null,
  level: 'L2',
  rule: 'r',
  basis: 'OPEN',
  citation: 'c',
  consentId: null,
  consentVersion: null,
  caseNumber: null,
}
const schema = buildSchema('type Query { name: String }')
const receipt: DisclosureReceipt = {
  record: 'x',
  leaf: 'l',
  writer: 'w',
  counter: 1,
  at: '2026-01-01T00:00:00.000Z',
  previous: null,
  keyId: 'k',
  signature: 's',
}
const request = { principal: nobody, requestId: 'r', traceId: 't', isReading: true }
const hashes = { bundleHash: 'b', schemaHash: 's' }
const shown: ExecutionResult = { data: { name: 'shown' } }

type Answering = (request: SubgraphRequest) => Promise<ExecutionResult> | ExecutionResult
const fetchOf = (name: string, answering: Answering, text = '{ name }') => ({
  subgraph: { name, schema, run: async (one) => answering(one) } satisfies Subgraph,
  document: parse(text),
  operationName: `Form__${name}__0`,
  variables: {},
})
const noting =
  (name: string): Answering =>
  ({ scope }) => {
    scope?.recorder.of(name).add(entry)
    return shown
  }

/** What was appended to the log, which answers when it is told to. */
function runner(deps: Partial<RunFetchesDeps> = {}) {
  const records: DisclosureRecord[] = []
  const log = { append: (record: DisclosureRecord) => (records.push(record), Promise.resolve(receipt)) }
  return { records, run: createRunFetches({ log, clock: () => new Date(0), hashes, ...deps }) }
}

test('several fetches leave one record of all they show, and one receipt', async () => {
  const { records, run } = runner()
  const fetches = [fetchOf('land', noting('land')), fetchOf('health', noting('health'))]
  expect(await run(fetches, request)).toEqual({ results: [shown, shown], receipts: [receipt] })
  expect(records).toMatchObject([{ writer: 'gateway', operation: 'Form', requestId: 'r', traceId: 't', ...hashes }])
})

test('a fetch alone is recorded by its subgraph’s name', async () => {
  const { records, run } = runner()
  await run([fetchOf('land', noting('land'))], request)
  expect(records).toMatchObject([{ writer: 'land', entries: [{ coordinates: ['Citizen.fullName'] }] }])
})

test('nothing is answered before the record is durable', async () => {
  const durable = Promise.withResolvers<DisclosureReceipt>()
  const { run } = runner({ log: { append: () => durable.promise } })
  let isAnswered = false
  const answer = run([fetchOf('land', noting('land')), fetchOf('health', noting('health'))], request)
  void answer.then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  durable.resolve(receipt)
  expect((await answer).results).toEqual([shown, shown])
})

test('where the record can’t be had, only what needs none is answered', async () => {
  const { run } = runner({ log: { append: () => Promise.reject(new Error('away')) } })
  const { results, receipts } = await run([fetchOf('land', noting('land')), fetchOf('open', () => shown)], request)
  expect(results).toMatchObject([{ data: null, errors: [{ extensions: { code: 'LOG_UNAVAILABLE' } }] }, shown])
  expect(receipts).toEqual([])
})

test('a fetch that takes too long is lost alone, and is recorded once it is done', async () => {
  const { records, run } = runner({ patienceMs: 1 })
  const slow = Promise.withResolvers<void>()
  const late: Answering = async (one) => {
    await slow.promise
    return noting('late')(one)
  }
  const { results } = await run([fetchOf('land', noting('land')), fetchOf('late', late)], request)
  expect(results).toMatchObject([shown, { data: null, errors: [{ extensions: { code: 'TIMEOUT' } }] }])
  expect(records.map(({ writer }) => writer)).toEqual(['land'])
  slow.resolve()
  await expect.poll(() => records.map(({ writer }) => writer)).toEqual(['land', 'late'])
})

test.each([
  { it: 'a request that changes something', isReading: false, text: '{ name }' },
  { it: 'a change, whatever its request is said to be', isReading: true, text: 'mutation { name }' },
])('$it shares nothing, and each fetch has the record it wrote itself', async ({ isReading, text }) => {
  const { records, run } = runner()
  const scopes: unknown[] = []
  const answering: Answering = ({ scope }) => {
    scopes.push(scope)
    return { ...shown, extensions: { receipts: [receipt] } }
  }
  const { receipts } = await run([fetchOf('a', answering, text), fetchOf('b', answering)], { ...request, isReading })
  expect(scopes).toEqual([null, null])
  expect(receipts).toEqual([receipt, receipt])
  expect(records).toEqual([])
})

test('fetches of one request share facts one after the other, those of another caller or request do not', async () => {
  const { run } = runner()
  const facts: unknown[] = []
  const looking = fetchOf('land', ({ scope }) => {
    facts.push(scope?.facts)
    return shown
  })
  for (const principal of [nobody, nobody, { ...nobody, token: 'other' }, { ...nobody, purpose: 'OTHER' }])
    await run([looking], { ...request, principal })
  await run([looking], { ...request, traceId: 'other' })
  expect(facts[1]).toBe(facts[0])
  expect(new Set(facts).size).toBe(4)
})
