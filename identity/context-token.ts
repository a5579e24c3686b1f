import { createHash, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { SigningKey, VerifyingKey } from '../config/key-text.ts'
import { problem } from '../policy/errors.ts'

/** What the gateway hands a subgraph over the wire, beside the body. */
export type WireContext = {
  requestId: string
  traceId: string
  /** The caller's own token: the subgraph verifies it itself. Null for nobody. */
  token: string | null
  purpose: string | null
  caseNumber: string | null
  bundleHash: string
  schemaHash: string
}

/** Header that carries the signed context. Documented, so that another router can sign it too. */
export const contextHeader = 'x-graph-context'
const lifetimeSeconds = 15

const claims = z.object({
  method: z.literal('POST'),
  body: z.string(),
  jti: z.string().min(16).max(64),
  exp: z.number(),
  context: z.strictObject({
    requestId: z.string(),
    traceId: z.string(),
    token: z.string().nullable(),
    purpose: z.string().nullable(),
    caseNumber: z.string().nullable(),
    bundleHash: z.string(),
    schemaHash: z.string(),
  }),
})

/** Signs the context of one fetch with the replica's own key, bound to subgraph, method and body; lives for seconds. */
export function signContext(key: SigningKey, subgraph: string, body: string, context: WireContext): Promise<string> {
  return new SignJWT({ method: 'POST', body: digest(body), context })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'graph-context+jwt', kid: key.kid })
    .setAudience(subgraph)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(key.privateKey)
}

/** Reads a context: `verify` resolves once for each token and rejects with UNAUTHENTICATED for everything else. */
export type ContextVerifier = { verify: (token: string, body: string) => Promise<WireContext> }

/** A verifier for one subgraph; `now` is for tests. What was accepted is remembered until it has expired. */
export function createContextVerifier(
  keys: readonly VerifyingKey[],
  subgraph: string,
  now: () => Date = () => new Date(),
): ContextVerifier {
  const byKid = new Map(keys.map((key) => [key.kid, key.publicKey]))
  const seen = new Map<string, number>()
  return {
    verify: async (token, body) => {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => byKid.get(kid ?? '') ?? Promise.reject(problem('UNAUTHENTICATED')),
        {
          audience: subgraph,
          algorithms: ['EdDSA', 'Ed25519'],
          typ: 'graph-context+jwt',
          currentDate: now(),
          maxTokenAge: `${lifetimeSeconds}s`,
        },
      ).catch(() => Promise.reject(problem('UNAUTHENTICATED')))
      const read = claims.safeParse(payload)
      if (!read.success || read.data.body !== digest(body)) throw problem('UNAUTHENTICATED')
      acceptOnce(read.data.jti, read.data.exp)
      return read.data.context
    },
  }

  function acceptOnce(jti: string, expires: number): void {
    const seconds = now().getTime() / 1000
    // Insertion order is close to order of expiry: what has expired stands in front.
    for (const [old, end] of seen) {
      if (end > seconds) break
      seen.delete(old)
    }
    if (seen.has(jti)) throw problem('UNAUTHENTICATED')
    seen.set(jti, expires)
  }
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('base64url')
}
