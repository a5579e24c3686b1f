import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { isSignature } from './encoded.ts'
import type { KeySet } from './key-set.ts'
import type { HeadSigner } from './log-head.ts'

/** What was answered: of `value`, whether it agrees with what the state holds. */
export type AttestedClaim = { name: string; value: AttestedValue; result: 'MATCH' | 'NO_MATCH' | 'UNKNOWN' }
export type AttestedValue = string | number | boolean

/** Whom a signed answer is for, and until when it holds. */
export type AttestationTerms = { audience: string; nonce: string; at: Date; expiresAt: Date }

const issuer = 'urn:vn-national-graph:verification'
// What a key signs besides must not be taken for an attestation.
const type = 'verification+sd-jwt'

/**
 * An answer as a JWS (RFC 7515, EdDSA by RFC 8037) in the form of RFC 9901 (SD-JWT): it holds salted hashes alone, and
 * behind each `~` stands what one of them is of: the person asked about, a claim with its answer. Who holds it may leave
 * any out before handing it on. Bound to audience, nonce and expiry.
 */
export async function signAttestation(
  { audience, nonce, at, expiresAt }: AttestationTerms,
  person: string,
  claims: readonly AttestedClaim[],
  { kid, privateKey }: HeadSigner,
): Promise<string> {
  const disclosures = [
    disclosure('personalId', person),
    ...claims.map(({ name, value, result }) => disclosure(name, { value, result })),
  ]
  const jws = await new SignJWT({ nonce, _sd_alg: 'sha-256', _sd: disclosures.map(digest).toSorted() })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(at)
    .setExpirationTime(expiresAt)
    .setJti(randomUUID())
    .sign(privateKey)
  return `${[jws, ...disclosures].join('~')}~`
}

const payload = z.object({
  nonce: z.string(),
  iat: z.int(),
  exp: z.int(),
  _sd_alg: z.literal('sha-256'),
  _sd: z.array(z.string()),
})
const shown = z.union([
  z.tuple([z.string(), z.literal('personalId'), z.string()]),
  z.tuple([
    z.string(),
    z.string(),
    z.strictObject({
      value: z.union([z.string(), z.number(), z.boolean()]),
      result: z.enum(['MATCH', 'NO_MATCH', 'UNKNOWN']),
    }),
  ]),
])

/** What an attestation shows, or why it shows nothing. */
export type AttestationVerdict =
  | { holds: true; person: string | null; claims: AttestedClaim[]; issuedAt: string; expiresAt: string }
  | { holds: false; fault: 'NOT_SIGNED' | 'WRONG_AUDIENCE' | 'WRONG_NONCE' | 'NOT_NOW' | 'CHANGED' }

/** Checks an attestation from the published keys alone, for one audience, nonce and time. Never rejects. */
export async function checkAttestation(
  text: string,
  keys: KeySet,
  { audience, nonce, at }: Pick<AttestationTerms, 'audience' | 'nonce' | 'at'>,
): Promise<AttestationVerdict> {
  const [jws = '', ...parts] = text.trim().split('~')
  const given = await opened(jws, keys)
  if (given === null) return { holds: false, fault: 'NOT_SIGNED' }
  if (given.audience !== audience) return { holds: false, fault: 'WRONG_AUDIENCE' }
  if (given.nonce !== nonce) return { holds: false, fault: 'WRONG_NONCE' }
  const seconds = at.getTime() / 1000
  if (seconds < given.iat || seconds >= given.exp) return { holds: false, fault: 'NOT_NOW' }
  const disclosures = parts.filter((part) => part !== '')
  const isWhole = disclosures.every((part) => given._sd.includes(digest(part)))
  const read = disclosures.map(readDisclosure)
  // Each may stand once, and the end is marked: what was cut in the middle is no attestation.
  if (!isWhole || new Set(disclosures).size !== disclosures.length || parts.at(-1) !== '' || read.includes(null))
    return { holds: false, fault: 'CHANGED' }
  const told = read.filter((one) => one !== null)
  return {
    holds: true,
    person: told.flatMap(([, , value]) => (typeof value === 'string' ? [value] : []))[0] ?? null,
    claims: told.flatMap(([, name, value]) => (typeof value === 'string' ? [] : [{ name, ...value }])),
    issuedAt: new Date(given.iat * 1000).toISOString(),
    expiresAt: new Date(given.exp * 1000).toISOString(),
  }
}

async function opened(jws: string, keys: KeySet): Promise<(z.infer<typeof payload> & { audience: unknown }) | null> {
  if (!isSignature(jws.slice(jws.lastIndexOf('.') + 1))) return null
  try {
    const keyOf = ({ kid }: { kid?: string | undefined }) => {
      const key = keys.get(kid ?? '')
      if (key === undefined) throw new Error('no such key')
      return key
    }
    // The time is the caller's to say: an attestation is checked as of when it was shown.
    const ever = { currentDate: new Date(0), algorithms: ['EdDSA'], issuer, typ: type }
    const verified = await jwtVerify(jws, keyOf, ever)
    return { ...payload.parse(verified.payload), audience: verified.payload.aud }
  } catch {
    return null
  }
}

/** 128 bits of salt: nobody finds a name or a date by trying them all. */
function disclosure(name: string, value: unknown): string {
  const salt = randomBytes(16).toString('base64url')
  return Buffer.from(JSON.stringify([salt, name, value]), 'utf8').toString('base64url')
}

function digest(part: string): string {
  return createHash('sha256').update(part, 'ascii').digest('base64url')
}

function readDisclosure(part: string): z.infer<typeof shown> | null {
  try {
    return shown.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))).data ?? null
  } catch {
    return null
  }
}
