import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isConfigProblem } from './config-problem.ts'
import { configFromEnvironment } from './environment.ts'

const subgraphs = ['population', 'social-security']
const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const secrets = {
  SEAL_KEYS: `k2:${randomBytes(64).toString('base64url')},k1:${randomBytes(64).toString('base64url')}`,
  CONTEXT_KEY: pem(),
  LOG_SIGNING_KEY: pem().replaceAll('\n', '\\n'),
  LOG_PSEUDONYM_KEY: randomBytes(32).toString('base64url'),
  POLICY_APPROVERS: `${'a'.repeat(43)},${'b'.repeat(43)}`,
}
const configured = { ...secrets, OIDC_ISSUER: 'https://issuer.example.gov.vn' }

const linesOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    configFromEnvironment(env, subgraphs)
    return []
  } catch (error) {
    if (isConfigProblem(error)) return error.lines
    throw error
  }
}

describe('an environment', () => {
  test('that says nothing is a local one on this machine', () => {
    const config = configFromEnvironment({}, subgraphs)
    expect(config).toMatchObject({ port: 4000, host: '127.0.0.1', isLocal: true, seedCitizens: null, logLevel: 'info' })
    expect(config.dataDir).toMatch(/\/\.data$/)
    expect(config.secrets).toEqual({ sealKeys: null, contextKey: null, logSigningKey: null, logPseudonymKey: null })
    expect(Object.isFrozen(config)).toBe(true)
  })
  test('with everything wrong names every variable at once, one line each, and repeats no value', () => {
    const wrong = {
      PORT: '70000',
      HOST: 'a b',
      SEED_CITIZENS: 'many',
      OIDC_ISSUER: 'http://elsewhere.example',
      LOG_LEVEL: 'loud',
      SEAL_KEYS: 'k1:c2hvcnQ',
      CONTEXT_KEY: 'hush-hush',
      LOG_SIGNING_KEY: 'hush-hush',
      LOG_FORMER_KEYS: 'hush-hush',
      TRUSTED_PROXIES: 'hush-hush',
      LOG_PSEUDONYM_KEY: 'hush-hush',
      POLICY_APPROVERS: 'a'.repeat(43),
      DATABASE_URL_POPULATION: 'mysql://hush-hush',
      SUBGRAPH_URL_LAND: 'http://x',
      SUBGRAPH_URL_POPULATION: 'ftp://x',
    }
    const lines = linesOf(wrong)
    expect(lines.map((line) => line.split(':')[0]).toSorted()).toEqual(Object.keys(wrong).toSorted())
    expect(lines.join('\n')).not.toMatch(/hush-hush|c2hvcnQ|70000|loud/)
  })
  test('with an issuer needs every secret', () => {
    expect(linesOf({ OIDC_ISSUER: configured.OIDC_ISSUER })).toEqual([
      'SEAL_KEYS: required once OIDC_ISSUER is set',
      'CONTEXT_KEY: required once OIDC_ISSUER is set',
      'LOG_SIGNING_KEY: required once OIDC_ISSUER is set',
      'LOG_PSEUDONYM_KEY: required once OIDC_ISSUER is set',
      'POLICY_APPROVERS: required once OIDC_ISSUER is set',
    ])
    expect(linesOf(configured)).toEqual([])
  })
  test('whose host others can reach needs an issuer', () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.7', 'graph.example.gov.vn', '127.0.0.1.example.com'])
      expect(linesOf({ HOST: host }), host).toEqual([
        'OIDC_ISSUER: required when HOST is not loopback: the local issuer serves this machine only',
      ])
    for (const host of ['127.0.0.1', '127.8.8.8', 'localhost', '::1']) expect(linesOf({ HOST: host }), host).toEqual([])
    expect(configFromEnvironment({ ...configured, HOST: '0.0.0.0' }, subgraphs).isLocal).toBe(false)
  })
  test('with an empty variable is one without it', () => {
    expect(configFromEnvironment({ PORT: '', OIDC_ISSUER: ' ' }, subgraphs)).toMatchObject({
      port: 4000,
      isLocal: true,
    })
  })
  test('names subgraphs in upper case with underscores', () => {
    const config = configFromEnvironment(
      { DATABASE_URL_SOCIAL_SECURITY: 'postgres://u:p@db/x', SUBGRAPH_URL_POPULATION: 'http://population:4001' },
      subgraphs,
    )
    expect([...config.databaseUrls]).toEqual([['social-security', 'postgres://u:p@db/x']])
    expect([...config.subgraphUrls]).toEqual([['population', 'http://population:4001']])
  })
  test('keeps the order of sealing keys: the newest first', () => {
    expect(configFromEnvironment(configured, subgraphs).secrets.sealKeys?.map((key) => key.id)).toEqual(['k2', 'k1'])
  })
  test('may give a subgraph the public context keys of the replicas alone', () => {
    const publicKey = (): string =>
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const config = configFromEnvironment({ CONTEXT_KEY: `${publicKey()},${publicKey()}` }, subgraphs)
    expect(config.secrets.contextKey).toHaveLength(2)
  })
  test('is refused a key of another kind', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    expect(linesOf({ LOG_SIGNING_KEY: rsa.toString() })).toHaveLength(1)
  })
})
