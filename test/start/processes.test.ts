import { randomBytes } from 'node:crypto'
import { OAuth2Server } from 'oauth2-mock-server'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { summaryOf } from '../../identity/sign-in.ts'
import { tokenAudience } from '../../identity/verifier.ts'
import { ensureLogin, lockProvisioning } from '../../subgraphs/kit/postgres/ensure-database.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { registry } from '../../subgraphs/registry.ts'
import { loadPersonas, type Persona } from '../../synthetic/personas.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts'
import { newSecrets } from '../support/new-secrets.ts'
import { addressOf, runServer, type ServerRun } from '../support/run-server.ts'

// The topology of docker-compose.yml as plain processes: several subgraphs a process, so that two cores suffice.
const groups = [
  ['catalogue', 'node', 'population'],
  ['land', 'social-security'],
  ['health'],
  ['consent'],
  ['oversight'],
]
const population = createPopulation({ seed: 20_250_701, size: 1000 })
const secrets = newSecrets()
const issuer = new OAuth2Server()
const databases = new Map<string, TestDatabase>()
const processes = new Map<string, ServerRun>()
let gateway: ServerRun
let address: string
const addresses = new Map<string, string>()

beforeAll(async () => {
  await issuer.issuer.keys.generate('RS256')
  await issuer.start(0, '127.0.0.1')
  issuer.issuer.url = `http://127.0.0.1:${issuer.address().port}`
  for (const definition of registry) {
    if (definition.tables.length > 0) databases.set(definition.name, await createTestDatabase(definition, population))
  }
  const shared = {
    PORT: '0',
    HOST: '127.0.0.1',
    OIDC_ISSUER: issuer.issuer.url,
    SEAL_KEYS: secrets['SEAL_KEYS'] ?? '',
    LOG_SIGNING_KEY: secrets['LOG_SIGNING_KEY'] ?? '',
    LOG_PSEUDONYM_KEY: secrets['LOG_PSEUDONYM_KEY'] ?? '',
    DATABASE_URL_OVERSIGHT: urlOf('oversight', 'oversight_writer'),
  }
  for (const names of groups) {
    const own = await Promise.all(
      names
        .filter((name) => databases.has(name))
        .map(async (name) => [variable('DATABASE', name), await ownUrlOf(name)]),
    )
    const env = {
      ...shared,
      CONTEXT_KEY: secrets['CONTEXT_PUBLIC_KEYS'] ?? '',
      DATABASE_URL_CONSENT: urlOf('consent', 'consent_reader'),
      ...(Object.fromEntries(own) as Record<string, string>),
    }
    const run = runServer(env, [process.execPath, 'subgraphs/serve.ts', ...names])
    for (const name of names) processes.set(name, run)
  }
  for (const [name, run] of processes) {
    const [, url = ''] = await run.says(new RegExp(`^${name} answers at (\\S+)$`, 'm'))
    addresses.set(name, url)
  }
  gateway = runServer({
    ...shared,
    CONTEXT_KEY: secrets['CONTEXT_PRIVATE_KEY'] ?? '',
    ...Object.fromEntries([...addresses].map(([name, url]) => [variable('SUBGRAPH', name), url])),
  })
  address = await addressOf(gateway)
}, 180_000)

afterAll(async () => {
  const runs = [...new Set([...processes.values(), ...(gateway === undefined ? [] : [gateway])])]
  for (const run of runs) run.child.kill('SIGTERM')
  await Promise.all(runs.map((run) => run.ended))
  await issuer.stop()
  for (const database of databases.values()) await database.drop()
})

const variable = (kind: string, name: string): string => `${kind}_URL_${name.toUpperCase().replaceAll('-', '_')}`

function urlOf(name: string, user: string, password = 'only-for-tests'): string {
  const { host, port } = inject('superuser')
  return `postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/${databases.get(name)?.name}`
}

/** The address a subgraph's own process has: one login for the roles it works as, as docker-compose.yml gives them. */
async function ownUrlOf(name: string): Promise<string> {
  const roles = {
    consent: ['consent_app', 'consent_reader'],
    oversight: ['oversight_app', 'oversight_writer', 'oversight_sequencer'],
  }[name]
  if (roles === undefined) return urlOf(name, `${name.replaceAll('-', '_')}_app`)
  const login = { name: `process_${randomBytes(4).toString('hex')}`, password: 'process', roles }
  await withClient(inject('superuser'), async (admin) => {
    await lockProvisioning(admin)
    await ensureLogin(admin, login)
    await admin.query(`grant connect on database ${databases.get(name)?.name} to ${login.name}`)
  })
  return urlOf(name, login.name, login.password)
}

type Answer = { data?: Record<string, unknown> | null; errors?: { path?: string[]; extensions: { code: string } }[] }

async function ask({ claims, ...persona }: Persona, query: string): Promise<Answer> {
  const token = await issuer.issuer.buildToken({
    scopesOrTransform: (_header, payload) => void Object.assign(payload, claims, { aud: tokenAudience }),
  })
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...summaryOf({ claims, ...persona }).headers,
      ...(claims === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as Answer
}

const personas = loadPersonas()
const citizen = personas.find(({ persona }) => persona === 'citizen') as Persona

describe('every subgraph in a process apart', { timeout: 60_000 }, () => {
  test('is ready, and says of which parts', async () => {
    const response = await fetch(`${address}/health/ready`)
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ status: 'ready' })])
  })

  test.each(personas.filter(({ allowed }) => allowed !== null))('answers what $persona may ask', async (persona) => {
    const { data, errors } = await ask(persona, persona.allowed ?? '')
    expect(errors).toBeUndefined()
    expect(data).toEqual(expect.any(Object))
  })

  test.each(personas.filter(({ denied }) => denied !== null))('refuses what $persona may not', async (persona) => {
    const { errors = [] } = await ask(persona, persona.denied ?? '')
    expect(errors.length).toBeGreaterThan(0)
    for (const { extensions } of errors) expect(extensions.code).not.toMatch(/INTERNAL|UNAVAILABLE|TIMEOUT/)
  })

  test('tells a caller without the gateway’s signature nothing', async () => {
    for (const [name, url] of addresses) {
      for (const query of ['{ __typename }', '{ _service { sdl } }']) {
        const body = JSON.stringify({ query })
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        expect(response.status, name).toBe(401)
        expect(await response.text(), name).not.toMatch(/sdl|classified|__typename/)
      }
    }
  })

  test('loses only the part whose process is gone, and says which', async () => {
    const health = processes.get('health')
    health?.child.kill('SIGTERM')
    expect(await health?.ended).toBe(0)
    const { data, errors } = await ask(citizen, '{ me { fullName bloodType: healthRecord { bloodType } } }')
    expect(data).toEqual({ me: { fullName: 'Nguyễn Văn An', bloodType: null } })
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE'])
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN/)
  })

  test('drains on SIGTERM, each of them', async () => {
    for (const run of new Set([gateway, ...processes.values()])) {
      run.child.kill('SIGTERM')
      expect(await run.ended).toBe(0)
    }
  })
})
