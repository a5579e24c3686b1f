import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { checkAttestation, signAttestation, type AttestedClaim } from './attestation.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keys = new Map([['log', publicKey]])
const at = new Date('2026-11-20T03:00:00Z')
const expiresAt = new Date('2026-11-21T03:00:00Z')
const asked = { audience: 'BANK-DEMO', nonce: 'c29tZS1ub25jZQ', at }
const claims: AttestedClaim[] = [
  { name: 'fullName', value: 'Nguyễn Văn An', result: 'MATCH' },
  { name: 'ageOver', value: 18, result: 'NO_MATCH' },
  { name: 'insuredNow', value: true, result: 'UNKNOWN' },
]
let text = ''
beforeAll(async () => {
  text = await signAttestation({ ...asked, expiresAt }, '901085000101', claims, { kid: 'log', privateKey })
})
const check = (given: string, changes: Partial<typeof asked> = {}, known = keys) =>
  checkAttestation(given, known, { ...asked, ...changes })

test('what was signed is shown to whom it is for, within its time', async () => {
  expect(await check(text)).toEqual({
    holds: true,
    person: '901085000101',
    claims,
    issuedAt: '2026-11-20T03:00:00.000Z',
    expiresAt: '2026-11-21T03:00:00.000Z',
  })
})

test('the signed part holds no claim, no answer and no number; the same claim is never hashed to the same', async () => {
  const [jws = ''] = text.split('~')
  const body = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
  for (const value of ['Nguyễn', '901085000101', 'MATCH', 'fullName', 'ageOver']) expect(body).not.toContain(value)
  const again = await signAttestation({ ...asked, expiresAt }, '901085000101', claims, { kid: 'log', privateKey })
  const hashes = (one: string) =>
    JSON.parse(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString())._sd as string[]
  expect(hashes(again).filter((hash) => hashes(text).includes(hash))).toEqual([])
})

test('whoever holds it may leave out the person and any claim, and can put none in', async () => {
  const [jws = '', , name = '', age = ''] = text.split('~')
  expect(await check(`${jws}~${age}~`)).toMatchObject({ holds: true, person: null, claims: [claims[1]] })
  const forged = Buffer.from(JSON.stringify(['salt', 'ageOver', { value: 18, result: 'MATCH' }])).toString('base64url')
  for (const changed of [`${jws}~${forged}~`, `${jws}~${name}~${name}~`, `${jws}~${name}`])
    expect(await check(changed)).toEqual({ holds: false, fault: 'CHANGED' })
})

test('it is nothing to another audience, for another nonce, before its time and after it', async () => {
  expect(await check(text, { audience: 'BANK-OTHER' })).toEqual({ holds: false, fault: 'WRONG_AUDIENCE' })
  expect(await check(text, { nonce: 'another' })).toEqual({ holds: false, fault: 'WRONG_NONCE' })
  for (const when of [new Date(at.getTime() - 1000), expiresAt])
    expect(await check(text, { at: when })).toEqual({ holds: false, fault: 'NOT_NOW' })
})

test('no other key signs one, and what a key signs besides is none', async () => {
  const unsigned = { holds: false, fault: 'NOT_SIGNED' }
  expect(await check(text, {}, new Map([['log', generateKeyPairSync('ed25519').publicKey]]))).toEqual(unsigned)
  expect(await check(text, {}, new Map())).toEqual(unsigned)
  const header = { alg: 'EdDSA', kid: 'log', typ: 'JWT' }
  const other = new SignJWT({ nonce: asked.nonce, _sd_alg: 'sha-256', _sd: [] }).setProtectedHeader(header)
  const token = other.setIssuer('urn:vn-national-graph:verification').setAudience(asked.audience).setIssuedAt(at)
  expect(await check(`${await token.setExpirationTime(expiresAt).sign(privateKey)}~`)).toEqual(unsigned)
})

test('no changed character goes unnoticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'Ab0-~.'), async (place, letter) => {
      fc.pre(text[place] !== letter)
      expect(await check(text.slice(0, place) + letter + text.slice(place + 1))).toMatchObject({ holds: false })
    }),
    { numRuns: 200 },
  )
})
