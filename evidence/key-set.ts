import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'

/** Public keys by their id. */
export type KeySet = ReadonlyMap<string, KeyObject>

const jwks = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })),
})
const ed25519 = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string() })

/** The Ed25519 keys of a JWK set (RFC 7517, RFC 8037), as `/.well-known/jwks.json` gives it. Throws for anything else. */
export function keysFromJwks(text: string): KeySet {
  const keys = jwks.parse(JSON.parse(text)).keys.flatMap((key) => ed25519.safeParse(key).data ?? [])
  return new Map(keys.map(({ kid, kty, crv, x }) => [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]))
}
