import { GraphQLError } from 'graphql'
import { jwtVerify } from 'jose'
import type { JWTVerifyGetKey } from 'jose'
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

/** Verifies JSON Web Tokens (RFC 7519, RFC 8725) of one issuer. The gateway and every subgraph run alone use the same. */
export function createVerifier({ issuer, keys, organisations, now }: VerifierDeps): Verifier {
  return {
    verify: async (token) => {
      if (token.length > longestToken) throw problem('UNAUTHENTICATED')
      const payload = await verified(token)
      const principal = principalFromClaims(payload, token, organisations)
      if (principal === null) throw problem('UNAUTHENTICATED')
      return principal
    },
  }

  async function verified(token: string): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: tokenAudience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iss', 'aud'],
        ...(now === undefined ? {} : { currentDate: now() }),
      })
      return payload
    } catch (error) {
      throw error instanceof GraphQLError ? error : problem('UNAUTHENTICATED')
    }
  }
}
