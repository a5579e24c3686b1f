import { createRemoteJWKSet, errors } from 'jose'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { problem } from '../policy/errors.ts'

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() })
const timeoutMilliseconds = 5000

/** The keys of an OIDC issuer, and whether it can be asked. */
export type RemoteKeys = { keys: JWTVerifyGetKey; reachable: () => Promise<boolean> }

/**
 * Finds an issuer's keys through its discovery document (OpenID Connect Discovery 1.0 §4), which must name the issuer
 * itself. Asks at the first token, keeps keys for ten minutes, and asks again for an unknown key at most every 30 s.
 * Where the issuer does not answer, tokens are refused with SUBGRAPH_UNAVAILABLE and the next one asks again.
 */
export function createRemoteKeys(issuer: string): RemoteKeys {
  let found: Promise<JWTVerifyGetKey> | null = null

  const discovered = (): Promise<JWTVerifyGetKey> => {
    found ??= discover(issuer).catch((error: unknown) => {
      found = null
      throw error
    })
    return found
  }

  return {
    keys: async (header, token) => {
      try {
        return await (
          await discovered()
        )(header, token)
      } catch (error) {
        throw isFaultOfToken(error) ? error : problem('SUBGRAPH_UNAVAILABLE', unreachable)
      }
    },
    reachable: () =>
      discovered().then(
        () => true,
        () => false,
      ),
  }
}

const unreachable = { vi: 'không hỏi được nơi cấp mã truy cập', en: 'the token issuer does not answer' }

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds), redirect: 'error' })
  if (!answer.ok) throw new Error('no discovery document')
  const document = discoveryDocument.parse(await answer.json())
  if (document.issuer !== issuer) throw new Error('the discovery document names another issuer')
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: timeoutMilliseconds })
}

function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
