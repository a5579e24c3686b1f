import { createServer as createHttpServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execute } from 'graphql'
import type { ExecutionResult } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import type { DisclosureEntry } from '../policy/disclosure.ts'
import { problem } from '../policy/errors.ts'
import type { GatewayContext } from './context.ts'
import { gatewayOf, smallGateway, smallSchema } from './testing/small-graph.ts'
import { codeOf, openServer } from './testing/open-server.ts'
import type { OpenServer } from './testing/open-server.ts'

const refusal: DisclosureEntry = {
  subject: null,
  coordinates: ['Citizen.ethnicity'],
  outcome: 'DENY',
  code: 'CLASSIFICATION_DENIED',
  level: 'L3',
  rule: 'default-deny',
  basis: null,
  citation: 'Luật 91/2025/QH15, Điều 9',
  consentId: null,
  consentVersion: null,
  caseNumber: null,
}
const me = { query: 'query Mine { me { fullName ethnicity } }' }
let open: OpenServer | null = null
afterEach(async () => {
  await open?.close()
  open = null
})
const opened = async (...args: Parameters<typeof openServer>): Promise<OpenServer> => (open = await openServer(...args))

/** A gateway that answers `me` and leaves in the context what the guarded one would. */
const leaving = (leave: (context: GatewayContext) => void, answer: object = { data: { me: { fullName: 'A' } } }) =>
  gatewayOf(({ context }) => {
    leave(context as unknown as GatewayContext)
    return Promise.resolve(answer as ExecutionResult<Record<string, unknown>>)
  })

describe('an answer', () => {
  test('carries the client’s request id, where it is one, in header and errors', async () => {
    const server = await opened({ gateway: smallGateway({ me: () => Promise.reject(new Error('x')) }) })
    const { headers, body } = await server.ask(me, { 'x-request-id': 'form-17.retry_2' })
    expect(headers['x-request-id']).toBe('form-17.retry_2')
    expect(body.errors?.[0]?.extensions?.['requestId']).toBe('form-17.retry_2')
    for (const forged of ['a b', 'x'.repeat(65), '{"level":60}', ''])
      expect((await server.ask(me, { 'x-request-id': forged })).headers['x-request-id']).toMatch(/^[\w-]{36}$/)
  })
  test('says which values are masked, and nothing else at its top', async () => {
    const masked = [{ path: ['me', 'fullName'], coordinate: 'Citizen.fullName', mask: 'INITIALS' }]
    const answer = {
      data: { me: { fullName: 'N. V. A.' } },
      extensions: { valueCompletion: [1], __queryPlanExperimental: 'x' },
    }
    const server = await opened({ gateway: leaving((context) => context.masked.push(...masked), answer) })
    expect((await server.ask(me, { 'apollo-query-plan-experimental': '1' })).body).toEqual({
      data: answer.data,
      extensions: { masked },
    })
  })
  test('carries the receipts of its records', async () => {
    const receipt = {
      record: 'r',
      leaf: 'l',
      writer: 'w',
      counter: 1,
      at: 't',
      previous: null,
      keyId: 'k',
      signature: 's',
    }
    const answer = { data: { me: null } }
    const server = await opened({ gateway: leaving((context) => context.receipts.push(receipt), answer) })
    expect((await server.ask(me)).body).toEqual({ ...answer, extensions: { receipts: [receipt] } })
  })
  test('without masked values has no extensions', async () => {
    const server = await opened({ gateway: leaving(() => {}, { data: { me: null }, extensions: { trace: 1 } }) })
    expect((await server.ask(me)).body).toEqual({ data: { me: null } })
  })
  test('whose fields failed keeps the others, and tells nothing of the failure', async () => {
    const server = await opened({
      gateway: smallGateway({
        me: () => ({
          fullName: 'An',
          ethnicity: () => Promise.reject(new Error('SELECT ethnicity FROM citizen: 10.0.0.7 down')),
        }),
      }),
    })
    const { status, body, text } = await server.ask(me)
    expect(status).toBe(200)
    expect(body.data).toEqual({ me: { fullName: 'An', ethnicity: null } })
    expect(body.errors).toMatchObject([
      {
        message: 'something went wrong inside the system',
        path: ['me', 'ethnicity'],
        extensions: { code: 'INTERNAL', remedy: { action: 'REPORT', requestId: expect.any(String) } },
      },
    ])
    expect(text).not.toMatch(/SELECT|10\.0\.0\.7|stack/)
    // Operators learn where it happened, under the same id, and not what was said.
    expect(server.logged.join('')).toMatch(/"failure":"Error","at":\["at .*server\.test\.ts/)
    expect(server.logged.join('')).not.toMatch(/SELECT|10\.0\.0\.7/)
  })
  test('that failed as a whole is an error of the catalogue, whatever was thrown', async () => {
    for (const thrown of [
      new Error('postgres://u:p@10.0.0.7/x'),
      'text',
      null,
      { toString: () => '10.0.0.7' },
      problem('SUBGRAPH_UNAVAILABLE'),
    ]) {
      const server = await openServer({ gateway: gatewayOf(() => Promise.reject(thrown)) })
      const answered = await server.ask(me)
      expect(answered.status).toBeGreaterThanOrEqual(500)
      expect(codeOf(answered)).toBe(
        thrown instanceof Error && 'extensions' in thrown ? 'SUBGRAPH_UNAVAILABLE' : 'INTERNAL',
      )
      expect(answered.text + server.logged.join('')).not.toContain('10.0.0.7')
      await server.close()
    }
  })
  test('that takes too long is given up, and the data sources are told to stop', async () => {
    const { promise: stopped, resolve } = Promise.withResolvers<string>()
    const gateway = gatewayOf(({ context }) => {
      const { cancel } = context as unknown as GatewayContext
      cancel.signal.addEventListener('abort', () => resolve('stopped'))
      return new Promise(() => {})
    })
    const server = await opened({ gateway, deadline: 20 })
    const answered = await server.ask(me)
    expect({ code: codeOf(answered), status: answered.status }).toEqual({ code: 'TIMEOUT', status: 504 })
    expect(await stopped).toBe('stopped')
  })
})

describe('refusals that no subgraph saw', () => {
  test('are recorded before the answer leaves', async () => {
    const order: string[] = []
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: durable, resolve: flush } = Promise.withResolvers<void>()
    const log = {
      append: () => {
        begin()
        return durable
      },
    }
    const server = await opened({ gateway: leaving((context) => context.refusals.push(refusal)), log })
    const answer = server.ask(me).then(() => order.push('answered'))
    await begun
    // A whole other request passes meanwhile: an answer that did not wait would be out by then.
    await server.ask({ query: '{ __typename' })
    order.push('recorded')
    flush()
    await answer
    expect(order).toEqual(['recorded', 'answered'])
  })
  test('are recorded with who asked, what and under which rules', async () => {
    const server = await opened({ gateway: leaving((context) => context.refusals.push(refusal)) })
    const { headers } = await server.ask(me)
    expect(server.records).toMatchObject([
      {
        writer: 'gateway',
        operation: 'Mine',
        requestId: headers['x-request-id'],
        traceId: expect.stringMatching(/^[\w-]{36}$/),
        bundleHash: 'bundle',
        schemaHash: 'schema',
        principal: { kind: 'NOBODY' },
        entries: [refusal],
      },
    ])
  })
  test('withhold the whole answer when they can’t be', async () => {
    const server = await opened({
      gateway: leaving((context) => context.refusals.push(refusal)),
      log: { append: () => Promise.reject(new Error('disk full')) },
    })
    const answered = await server.ask(me)
    expect({ code: codeOf(answered), status: answered.status }).toEqual({ code: 'LOG_UNAVAILABLE', status: 503 })
    expect(answered.body.data).toBeUndefined()
    expect(answered.text).not.toContain('disk full')
  })
  test('write nothing when there are none', async () => {
    const server = await opened({ gateway: leaving(() => {}) })
    await server.ask(me)
    expect(server.records).toEqual([])
  })
})

describe('the schema', () => {
  const introspection = { query: '{ __schema { queryType { name } } }' }
  test('is shown to explorers on this machine', async () => {
    expect((await (await opened()).ask(introspection)).body.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    })
  })
  test('is not handed out by a server others can reach', async () => {
    const server = await opened({ isLocal: false })
    expect(codeOf(await server.ask(introspection))).toBe('BAD_USER_INPUT')
    expect((await server.ask({ query: '{ me { fullNam } }' })).text).not.toMatch(/fullName|Did you mean/)
  })
})

describe('a trusted document', () => {
  const text = '{ me { fullName } }'
  const id = 'b'.repeat(64)
  test('is asked for by its id, and an id nobody registered is refused', async () => {
    const server = await opened({
      gateway: smallGateway({ me: () => ({ fullName: 'An' }) }),
      documents: new Map([[id, text]]),
    })
    for (const body of [
      { documentId: `sha256:${id}` },
      { documentId: id },
      { extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
    ])
      expect((await server.ask(body)).body).toEqual({ data: { me: { fullName: 'An' } } })
    expect(codeOf(await server.ask({ documentId: 'c'.repeat(64) }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await server.ask({ documentId: 'constructor' }))).toBe('BAD_USER_INPUT')
  })
})

describe('closing', () => {
  const slowServer = async (http?: Server) => {
    const { promise: started, resolve: begin } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const gateway = gatewayOf(async ({ document }) => {
      begin()
      await released
      return execute({ schema: smallSchema, document, rootValue: { me: { fullName: 'An' } } }) as ExecutionResult<
        Record<string, unknown>
      >
    })
    const server = await openServer({ gateway, ...(http === undefined ? {} : { http }) })
    return { server, started, release }
  }
  const post = (url: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      body: JSON.stringify(me),
      headers: { 'content-type': 'application/json' },
    })

  test('answers what is in flight on a real socket, and then nothing more', async () => {
    const { server, started, release } = await slowServer()
    const url = await server.app.listen({ port: 0, host: '127.0.0.1' })
    await (await fetch(`${url}/health/live`)).text()
    const answer = post(url)
    await started
    const closing = server.close()
    release()
    expect(await (await answer).json()).toEqual({ data: { me: { fullName: 'An', ethnicity: null } } })
    await closing
    await expect(post(url)).rejects.toThrow()
  })
  test('does the same on a server that was listening before it was built', async () => {
    const http = createHttpServer()
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const { server, started, release } = await slowServer(http)
    await (await fetch(`${url}/health/live`)).text()
    const answer = post(url)
    await started
    const closing = server.close()
    release()
    expect(await (await answer).json()).toEqual({ data: { me: { fullName: 'An', ethnicity: null } } })
    await closing
    expect(http.listening).toBe(false)
  })
})
