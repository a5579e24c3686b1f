import type { JWK } from 'jose'
import type { VerifyingKey } from './key-text.ts'

/** Public keys as JSON Web Keys (RFC 7517, RFC 8037), each once. */
export function publicJwks(keys: readonly VerifyingKey[]): JWK[] {
  const byId = new Map(keys.map(({ kid, publicKey }) => [kid, publicKey]))
  return [...byId].map(([kid, publicKey]) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    alg: 'EdDSA',
    use: 'sig',
  }))
}
