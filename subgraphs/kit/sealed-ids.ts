import { aessiv } from '@noble/ciphers/aes.js'
import type { SealedIds } from './types.ts'

/** A sealing key: 64 bytes (AES-256-SIV) with the short name that stands in every id it sealed. */
export type SealKey = { id: string; secret: Uint8Array }

/**
 * Ids no one can guess, forge or move: deterministic authenticated encryption (AES-SIV, RFC 5297) with key id, type and
 * audience as associated data. `keys[0]` seals; the others still open for as long as they are configured. Form:
 * `Type.keyId.base64url`. Throws at once when no key is given.
 */
export function createSealedIds(keys: readonly SealKey[]): SealedIds {
  const [newest] = keys
  if (newest === undefined) throw new Error('SEAL_KEYS: at least one key is needed')
  const byId = new Map(keys.map((key) => [key.id, key]))
  const utf8 = new TextEncoder()
  const text = new TextDecoder('utf-8', { fatal: true })
  const cipher = (key: SealKey, type: string, audience: string) =>
    aessiv(key.secret, utf8.encode(key.id), utf8.encode(type), utf8.encode(audience))

  return {
    seal: (type, key, audience) => {
      const sealed = cipher(newest, type, audience).encrypt(utf8.encode(key))
      return `${type}.${newest.id}.${Buffer.from(sealed).toString('base64url')}`
    },
    open: (id, type, audience) => {
      const parts = partsOf(id)
      const key = parts === null ? undefined : byId.get(parts.keyId)
      if (parts === null || key === undefined || parts.type !== type) return null
      try {
        return text.decode(cipher(key, type, audience).decrypt(Buffer.from(parts.sealed, 'base64url')))
      } catch {
        return null
      }
    },
    typeOf: (id) => partsOf(id)?.type ?? null,
  }
}

function partsOf(id: string): { type: string; keyId: string; sealed: string } | null {
  if (id.length > 512) return null
  const match = /^([A-Z][A-Za-z0-9]*)\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]{22,})$/.exec(id)
  const [, type, keyId, sealed] = match ?? []
  return type === undefined || keyId === undefined || sealed === undefined ? null : { type, keyId, sealed }
}
