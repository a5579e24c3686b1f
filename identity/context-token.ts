import { hash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SigningKey, VerifyingKey } from '../config/key-text.ts'
import { problem } from '../policy/errors.ts'
import { claimsFromToken, signedToken } from './compact-token.ts'

const wireContext = z.strictObject({
  requestId: z.string(),
  traceId: z.string(),
  /** The caller's own token: the subgraph verifies it itself. Null for nobody. */
  token: z.string().nullable(),
  purpose: z.string().nullable(),
  caseNumber: z.string().nullable(),
  bundleHash: z.string(),
  schemaHash: z.string(),
  /** True where nothing of the request changes anything: its fetches may share what they learn of people. */
  isReading: z.boolean().default(false),
})

/** What the gateway hands a subgraph over the wire, beside the body. */
export type WireContext = z.output<typeof wireContext>

/** Header that carries the signed context (docs/reference/wire.md): another router can sign it too. */
export const contextHeader = 'x-graph-context'
/** Fetches that one context is signed for at most. */
export const mostTogether = 100
const tokenType = 'graph-context+jwt'
const lifetimeSeconds = 15

const names = z.string().transform((name) => [name])
const claims = z.object({
  method: z.literal('POST'),
  aud: z.union([names, z.array(z.string()).max(1000)]),
  body: z.string(),
  jti: z.string().min(16).max(64),
  iat: z.number(),
  nbf: z.number().optional(),
  exp: z.number(),
  context: wireContext,
})

/**
 * Signs the context of fetches that are sent together with the replica's own key, bound to the subgraphs they ask, method
 * and body; lives for seconds.
 */
export function signContext(key: SigningKey, subgraphs: readonly string[], body: string, context: WireContext): string {
  const iat = secondsOf(new Date())
  const times = { iat, exp: iat + lifetimeSeconds }
  const bound = { method: 'POST', aud: subgraphs, body: digest(body), jti: randomUUID() }
  return signedToken(key, tokenType, { ...bound, ...times, context })
}

/** What a signed context said, and which subgraphs it may ask. */
export type VerifiedContext = { context: WireContext; audience: ReadonlySet<string> }

/** Reads contexts: `verify` returns once for each token and throws UNAUTHENTICATED for everything else. */
export type ContextVerifier = { verify: (token: string, body: string) => VerifiedContext }

/** A verifier for one process; `now` is for tests. What was accepted is remembered until it has expired. */
export function createContextVerifier(
  keys: readonly VerifyingKey[],
  now: () => Date = () => new Date(),
): ContextVerifier {
  const byKid = new Map(keys.map((key) => [key.kid, key.publicKey]))
  const seen = new Map<string, number>()
  return {
    verify: (token, body) => {
      const read = claims.safeParse(claimsFromToken(token, tokenType, byKid))
      if (!read.success || read.data.body !== digest(body)) throw problem('UNAUTHENTICATED')
      const { iat, nbf = iat, exp, jti, context, aud } = read.data
      const at = secondsOf(now())
      if (exp <= at || nbf > at || iat > at || at - iat > lifetimeSeconds) throw problem('UNAUTHENTICATED')
      acceptOnce(jti, Math.min(exp, iat + lifetimeSeconds + 1), at)
      return { context, audience: new Set(aud) }
    },
  }

  function acceptOnce(jti: string, expires: number, at: number): void {
    // Insertion order is close to order of expiry: what has expired stands in front.
    for (const [old, end] of seen) {
      if (end > at) break
      seen.delete(old)
    }
    if (seen.has(jti)) throw problem('UNAUTHENTICATED')
    seen.set(jti, expires)
  }
}

function digest(body: string): string {
  return hash('sha256', body, 'base64url')
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
