import { hash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { problem } from '../policy/errors.ts'
import type { Principal } from '../policy/types.ts'
import type { Organisation } from './organisations.ts'
import { principalFromClaims } from './principal.ts'

/** The `aud` of every token that may be shown to the graph or to a subgraph. */
export const tokenAudience = 'vn-national-graph'

/** Signature algorithms that count: never `none`, never a shared secret (RFC 8725 §3.1). */
const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'RS256']
const clockToleranceSeconds = 5
const longestToken = 8192

/** Turns a bearer token into the caller it names. */
export type Verifier = {
  /**
   * The caller without purpose and case. Rejects with UNAUTHENTICATED for a token that does not hold, and with
   * SUBGRAPH_UNAVAILABLE where the issuer's keys can't be fetched: neither says why in more detail.
   */
  verify: (token: string) => Promise<Principal>
}

/** What a verifier trusts. `now` is for tests. */
export type VerifierDeps = {
  issuer: string
  /** Finds the key of a token's header; rejects with a problem of the catalogue where it can't look. */
  keys: JWTVerifyGetKey
  organisations: ReadonlyMap<string, Organisation>
  now?: () => Date
}

/** A token that was verified is believed for so long without being verified again, and never past its end. */
const believedMs = 10_000
const mostBelieved = 5000

/**
 * Verifies JSON Web Tokens (RFC 7519, RFC 8725) of one issuer. The gateway and every subgraph run alone use the same.
 * Tokens come again with each request of a session: they are remembered for seconds, by their hash, so that neither
 * the memory nor the time of looking tells of a token. A key that its issuer takes back ends them as soon.
 */
export function createVerifier({ issuer, keys, organisations, now = () => new Date() }: VerifierDeps): Verifier {
  const believed = new Map<string, { principal: Principal; until: number }>()
  return {
    verify: async (token) => {
      if (token.length > longestToken) throw problem('UNAUTHENTICATED')
      const id = hash('sha256', token, 'base64url')
      const at = now().getTime()
      const known = believed.get(id)
      // Subgraphs apart are given the token, and verify it themselves.
      if (known !== undefined && at < known.until) return known.principal
      const payload = await verified(token)
      const principal = principalFromClaims(payload, token, organisations)
      if (principal === null) throw problem('UNAUTHENTICATED')
      believed.delete(id)
      believed.set(id, { principal, until: Math.min(at + believedMs, (payload.exp ?? 0) * 1000) })
      const [oldest] = believed.keys()
      if (believed.size > mostBelieved && oldest !== undefined) believed.delete(oldest)
      return principal
    },
  }

  async function verified(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: tokenAudience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iss', 'aud'],
        currentDate: now(),
      })
      return payload
    } catch (error) {
      throw error instanceof GraphQLError ? error : problem('UNAUTHENTICATED')
    }
  }
}
