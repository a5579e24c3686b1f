import { createHmac, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createLocalJWKSet, exportJWK, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadOrganisations } from './organisations.ts'
import { createVerifier, tokenAudience } from './verifier.ts'
import type { Verifier } from './verifier.ts'

const issuer = 'https://issuer.example'
const good: JWTPayload = {
  sub: 'vneid-901085000101',
  kind: 'CITIZEN',
  personal_id: '901085000101',
  client_id: 'VNEID',
  account_level: 2,
  authn_level: 3,
}
const bank: JWTPayload = {
  sub: 'system-bank',
  kind: 'SYSTEM',
  org: 'BANK-DEMO',
  client_id: 'CREDIT',
  roles: ['credit-officer'],
}

let key: KeyObject
let verifier: Verifier
beforeAll(async () => {
  const pair = generateKeyPairSync('ed25519')
  key = pair.privateKey
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'EdDSA' }] })
  verifier = createVerifier({ issuer, keys, organisations: loadOrganisations() })
})

type Change = {
  claims?: JWTPayload
  iss?: string
  aud?: string
  exp?: number | string | null
  key?: KeyObject
  alg?: string
}

const token = async ({
  claims = good,
  iss = issuer,
  aud = tokenAudience,
  exp = '1h',
  ...change
}: Change = {}): Promise<string> => {
  const jwt = new SignJWT(claims)
    .setProtectedHeader({ alg: change.alg ?? 'EdDSA', kid: 'k' })
    .setIssuer(iss)
    .setAudience(aud)
  if (exp !== null) jwt.setExpirationTime(exp)
  return jwt.sign(change.key ?? key)
}

const codeOf = async (text: string | Promise<string>): Promise<unknown> =>
  verifier.verify(await text).then(
    () => 'believed',
    (error: { extensions: { code: string } }) => error.extensions.code,
  )

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds
const claimsNow = () => ({ ...good, iss: issuer, aud: tokenAudience, exp: inSeconds(3600) })

describe('a token is believed', () => {
  test('when its issuer signed it for this graph', async () => {
    expect(await verifier.verify(await token())).toMatchObject({
      kind: 'CITIZEN',
      sub: 'vneid-901085000101',
      personalId: '901085000101',
      org: null,
      accountLevel: 2,
      authnLevel: 3,
      purpose: null,
      caseNumber: null,
      audience: '["citizen","vneid-901085000101"]',
    })
  })
  test('and the caller it names can’t be changed afterwards', async () => {
    const principal = await verifier.verify(await token())
    expect(
      Object.isFrozen(principal) && Object.isFrozen(principal.roles) && Object.isFrozen(principal.jurisdiction),
    ).toBe(true)
  })
  test('with the kind of its organisation from the register', async () => {
    expect(await verifier.verify(await token({ claims: bank }))).toMatchObject({
      org: 'BANK-DEMO',
      orgKind: 'PRIVATE',
      personalId: null,
    })
  })
})

describe('a token is refused', () => {
  test('when expired', async () => expect(await codeOf(token({ exp: inSeconds(-60) }))).toBe('UNAUTHENTICATED'))
  test('when it never expires', async () => expect(await codeOf(token({ exp: null }))).toBe('UNAUTHENTICATED'))
  test('of another issuer', async () =>
    expect(await codeOf(token({ iss: 'https://other.example' }))).toBe('UNAUTHENTICATED'))
  test('for another audience', async () => expect(await codeOf(token({ aud: 'elsewhere' }))).toBe('UNAUTHENTICATED'))
  test('signed with another key', async () => {
    expect(await codeOf(token({ key: generateKeyPairSync('ed25519').privateKey }))).toBe('UNAUTHENTICATED')
  })
  test('with the algorithm none', async () => {
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const signature of ['', 'AAAA'])
        expect(await codeOf(`${base64({ alg, kid: 'k' })}.${base64(claimsNow())}.${signature}`), alg).toBe(
          'UNAUTHENTICATED',
        )
  })
  test('signed with the public key as a shared secret', async () => {
    const head = `${base64({ alg: 'HS256', kid: 'k' })}.${base64(claimsNow())}`
    const secret = JSON.stringify(await exportJWK(key))
    expect(await codeOf(`${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`)).toBe(
      'UNAUTHENTICATED',
    )
  })
  test('with one letter of its claims changed', async () => {
    const [head, , signature] = (await token()).split('.')
    expect(await codeOf(`${head}.${base64({ ...claimsNow(), authn_level: 4 })}.${signature}`)).toBe('UNAUTHENTICATED')
  })
  test('that is no token', async () => {
    for (const text of ['', '.', '..', 'abc', 'a.b.c', '{}', 'x'.repeat(100_000)])
      expect(await codeOf(text)).toBe('UNAUTHENTICATED')
  })
})

describe('claims are refused', () => {
  const refused: readonly [string, JWTPayload][] = [
    ['of an unknown kind', { ...good, kind: 'ADMIN' }],
    ['of nobody', { ...good, kind: 'NOBODY' }],
    ['without a kind', { sub: 'x' }],
    ['without a subject', { ...good, sub: '' }],
    ['of a citizen without a number', { sub: 'x', kind: 'CITIZEN' }],
    ['of a citizen with a number that is none', { ...good, personal_id: '12' }],
    ['of an official with a personal number', { ...bank, personal_id: '901085000101' }],
    ['of an official without an organisation', { sub: 'x', kind: 'OFFICIAL' }],
    ['of an organisation nobody registered', { ...bank, org: 'NOWHERE' }],
    ['of an organisation named like a property every object has', { ...bank, org: 'constructor' }],
    ['of a citizen whom an organisation holds without acting for them', { ...good, org: 'DVCQG' }],
    ['with an authentication level there is not', { ...good, authn_level: 5 }],
    ['with an authentication level in words', { ...good, authn_level: '3' }],
    ['with a jurisdiction that is no code', { ...bank, jurisdiction: ['*'] }],
    ['with a role that is a sentence', { ...bank, roles: ['a b'] }],
  ]
  test.each(refused)('%s', async (_name, claims) => expect(await codeOf(token({ claims }))).toBe('UNAUTHENTICATED'))
})
