import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signingKeyFromText, type SigningKey } from '../../config/key-text.ts'
import { contextHeader, createContextVerifier, type VerifiedContext } from '../../identity/context-token.ts'
import { nobody } from '../../identity/principal.ts'
import { createRequestScope } from '../../policy/request-scope.ts'
import { createContext, type GatewayContext } from '../context.ts'
import { createRemoteSubgraphs } from './remote-subgraph.ts'

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const key = signingKeyFromText(pem) as SigningKey
const hashes = { bundleHash: 'b', schemaHash: 's' }
const { verify } = createContextVerifier([key])

type Asked = VerifiedContext & { path: string; names: string[] }
let asked: Asked[] = []
let respond = (response: ServerResponse, names: string[]): unknown =>
  response.end(JSON.stringify({ answers: names.map((name) => ({ data: { name } })), receipts: [] }))
const usual = respond

const server = createServer((request: IncomingMessage, response) => {
  void text(request).then((body) => {
    const names = (JSON.parse(body) as { subgraph: string }[]).map(({ subgraph }) => subgraph)
    asked.push({ ...verify(String(request.headers[contextHeader]), body), path: request.url ?? '', names })
    respond(response, names)
  })
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  respond = usual
})

const fetchFor = (context: GatewayContext) => ({
  document: parse('{ name }'),
  query: '{ name }',
  operationName: null,
  variables: {},
  context,
})
const remote = createRemoteSubgraphs(key, hashes)

test('what one step of a request asks at one address is one question, signed for the subgraphs it asks', async () => {
  const context = { ...createContext(nobody, 'request'), scope: createRequestScope(null) }
  const sends = ['land', 'health', 'land'].map((name) => remote(name, `${origin}/graphql`))
  const results = await Promise.all(sends.map((send) => send(fetchFor(context))))
  expect(results.map(({ data }) => data)).toEqual([{ name: 'land' }, { name: 'health' }, { name: 'land' }])
  expect(asked).toMatchObject([{ path: '/graphql', names: ['land', 'health', 'land'] }])
  expect(asked[0]?.audience).toEqual(new Set(['land', 'health']))
  const { requestId, traceId } = context
  expect(asked[0]?.context).toMatchObject({ requestId, traceId, token: null, isReading: true, ...hashes })
})

test('requests, addresses and steps are asked apart', async () => {
  const [one, other] = [createContext(nobody, 'one'), createContext(nobody, 'other')]
  const land = remote('land', `${origin}/graphql`)
  await Promise.all([land(fetchFor(one)), land(fetchFor(other)), remote('health', origin)(fetchFor(one))])
  await land(fetchFor(one))
  expect(asked.map(({ names, context }) => `${context.requestId} ${names.join(' ')}`).toSorted()).toEqual([
    'one health',
    'one land',
    'one land',
    'other land',
  ])
  expect(asked.map(({ context }) => context.isReading)).toEqual([false, false, false, false])
})

test('no context is signed for more than a hundred fetches', async () => {
  const land = remote('land', `${origin}/graphql`)
  const fetch = fetchFor(createContext(nobody, 'request'))
  const results = await Promise.all(Array.from({ length: 201 }, () => land(fetch)))
  expect(results.every(({ data }) => data?.['name'] === 'land')).toBe(true)
  expect(asked.map(({ names }) => names.length).toSorted((a, b) => a - b)).toEqual([1, 100, 100])
})

test.each([
  {
    it: 'a status',
    code: 'SUBGRAPH_UNAVAILABLE',
    by: (one: ServerResponse) => one.writeHead(401).end('{"errors":[]}'),
  },
  {
    it: 'another address',
    code: 'SUBGRAPH_UNAVAILABLE',
    by: (one: ServerResponse) => one.writeHead(307, { location: '/elsewhere' }).end(),
  },
  { it: 'no JSON', code: 'SUBGRAPH_UNAVAILABLE', by: (one: ServerResponse) => one.end('<html>') },
  {
    it: 'another shape',
    code: 'SUBGRAPH_UNAVAILABLE',
    by: (one: ServerResponse) => one.end('{"answers":[{"data":1}],"receipts":[]}'),
  },
  {
    it: 'fewer answers than fetches',
    code: 'SUBGRAPH_UNAVAILABLE',
    by: (one: ServerResponse) => one.end('{"answers":[],"receipts":[]}'),
  },
  { it: 'half an answer', code: 'SUBGRAPH_UNAVAILABLE', by: (one: ServerResponse) => (one.write('{'), one.destroy()) },
])('a process that answers $it costs its fetches, and says nothing of itself', async ({ code, by }) => {
  respond = by
  const fetch = fetchFor(createContext(nobody, 'request'))
  const failed = remote('land', `${origin}/graphql`)(fetch)
  await expect(failed).rejects.toMatchObject({ extensions: { code } })
  await expect(failed).rejects.not.toThrow(/127\.0\.0\.1|elsewhere|html/)
  expect(asked).toHaveLength(1)
})

test('a process that answers nothing in time costs its fetches', async () => {
  respond = () => undefined
  const impatient = createRemoteSubgraphs(key, hashes, 1)('land', `${origin}/graphql`)
  const failed = impatient(fetchFor(createContext(nobody, 'request')))
  await expect(failed).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } })
})
