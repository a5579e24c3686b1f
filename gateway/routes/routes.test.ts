import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openServer } from '../testing/open-server.ts'
import type { OpenServer } from '../testing/open-server.ts'

const ready = Promise.resolve(true)
let open: OpenServer | null = null
const folders: string[] = []
afterEach(async () => {
  await open?.close()
  open = null
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }))
})
const opened = async (...args: Parameters<typeof openServer>): Promise<OpenServer> => (open = await openServer(...args))
const get = (server: OpenServer, url: string, headers: Record<string, string> = {}) =>
  server.app.inject({ method: 'GET', url, headers })

describe('/health', () => {
  test('/live answers while the process does', async () => {
    expect((await get(await opened(), '/health/live')).statusCode).toBe(200)
  })
  test('/ready names the failing parts, and only those', async () => {
    const server = await opened({
      ready: () =>
        Promise.resolve([
          { part: 'land', ok: true },
          { part: 'consent', ok: false },
          { part: 'log', ok: false },
        ]),
    })
    const answer = await get(server, '/health/ready')
    expect({ status: answer.statusCode, body: answer.json() }).toEqual({
      status: 503,
      body: { status: 'not ready', failing: ['consent', 'log'] },
    })
  })
  test('/ready is not ready when nobody can tell', async () => {
    const server = await opened({ ready: () => Promise.reject(new Error('10.0.0.7')) })
    const answer = await get(server, '/health/ready')
    expect({ status: answer.statusCode, text: answer.body }).toEqual({
      status: 503,
      text: '{"status":"not ready","failing":["readiness-check"]}',
    })
  })
  test('/ready is 200 when all is well', async () => {
    expect((await get(await opened(), '/health/ready')).statusCode).toBe(200)
  })
})

describe('/metrics', () => {
  test('counts by outcome and code, and holds no value, name or path', async () => {
    const server = await opened()
    await server.ask({ query: '{ me { fullName } }' })
    await server.ask({ query: '{ citizen(personalId: "901085000101") { nothing } }' })
    await server.ask({ query: '{ __typename }' }, { authorization: 'Bearer x' })
    const { body } = await get(server, '/metrics')
    expect(body).toContain('graph_answers_total{outcome="whole",operation="query"} 1')
    expect(body).toContain('graph_answers_total{outcome="refused",operation="none"} 2')
    expect(body).toContain('graph_errors_total{code="UNAUTHENTICATED"} 1')
    expect(body).toContain('http_request_duration_seconds_count{route="/graphql",status="401"} 1')
    expect(body).not.toMatch(/901085000101|fullName|nothing/)
  })
})

describe('/.well-known/jwks.json', () => {
  test('publishes public keys and no private one', async () => {
    const answer = await get(await opened(), '/.well-known/jwks.json')
    const { keys } = answer.json<{ keys: Record<string, unknown>[] }>()
    expect(keys).toHaveLength(1)
    expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String) })
    expect(keys[0]).not.toHaveProperty('d')
  })
})

describe('/', () => {
  const builtPage = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'))
    folders.push(folder)
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<title>page</title>')
    writeFileSync(join(folder, 'assets', 'index-1.js'), '1')
    writeFileSync(join(folder, 'secret.js'), 'secret')
    return folder
  }
  test('serves the built page under a strict policy', async () => {
    const folder = builtPage()
    const server = await opened({ page: { folder: () => folder, ready, personas: null } })
    const answer = await get(server, '/')
    expect({ status: answer.statusCode, body: answer.body }).toEqual({ status: 200, body: '<title>page</title>' })
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/)
    expect((await get(server, '/console/assets/index-1.js')).body).toBe('1')
  })
  test('serves nothing but the page’s own files', async () => {
    const folder = builtPage()
    const server = await opened({ page: { folder: () => folder, ready, personas: null } })
    for (const path of [
      '..%2Fsecret.js',
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e%2fsecret.js',
      'missing.js',
      'index.html',
      '..\\secret.js',
      '.',
      '%00.js',
    ])
      expect((await get(server, `/console/assets/${path}`)).statusCode, path).toBeGreaterThanOrEqual(400)
  })
  test('waits for a page that is just being built', async () => {
    const folder = builtPage()
    let isThere = false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const page = { folder: () => (isThere ? folder : null), ready: promise, personas: null }
    const server = await opened({ page })
    const answer = get(server, '/')
    await get(server, '/health/live')
    isThere = true
    resolve(true)
    expect((await answer).body).toBe('<title>page</title>')
  })
  test('says so when it could not be built', async () => {
    const answer = await get(await opened(), '/')
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('being built')
  })
})

describe('/console/personas.json', () => {
  const own = { host: '127.0.0.1:4000', 'sec-fetch-site': 'same-origin' }
  const personas = () => Promise.resolve([{ persona: 'bank', token: 'signed' } as never])
  test('gives the page its tokens', async () => {
    const server = await opened({ page: { folder: () => null, ready, personas } })
    expect((await get(server, '/console/personas.json', own)).json()).toEqual([{ persona: 'bank', token: 'signed' }])
  })
  test('gives none to another site, a rebound name, or whoever does not say', async () => {
    const server = await opened({ page: { folder: () => null, ready, personas } })
    const others = [
      { ...own, host: 'evil.example:4000' },
      { ...own, host: '127.0.0.1.evil.example' },
      { ...own, host: 'localhost.evil.example' },
      { ...own, host: 'evil.example@127.0.0.1.nip.io' },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'none' },
      { host: own.host },
    ]
    for (const headers of others) {
      const answer = await get(server, '/console/personas.json', headers)
      expect(answer.statusCode, JSON.stringify(headers)).toBe(404)
      expect(answer.body).not.toContain('signed')
    }
  })
  test('does not exist where personas don’t', async () => {
    expect((await get(await opened(), '/console/personas.json', own)).statusCode).toBe(404)
  })
})

test('no other path answers, and none makes a token', async () => {
  const server = await opened()
  for (const path of ['/token', '/oauth/token', '/login', '/.env', '/console/', '/graphql/x']) {
    const answer = await get(server, path)
    expect(
      {
        status: answer.statusCode,
        code: answer.json<{ errors: { extensions: { code: string } }[] }>().errors[0]?.extensions.code,
      },
      path,
    ).toEqual({ status: 404, code: 'NOT_FOUND' })
  }
})
