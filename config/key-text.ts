/** Secrets as text, in a variable or in a file. Null for anything that is not in the form named. */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A key that seals ids: 64 bytes for AES-256-SIV (RFC 5297) and the short name that stands in every id it sealed. */
export type SealKey = { id: string; secret: Uint8Array }
/** An Ed25519 public key (RFC 8032) with the thumbprint it is known by. */
export type VerifyingKey = { kid: string; publicKey: KeyObject }
/** An Ed25519 key pair. */
export type SigningKey = VerifyingKey & { privateKey: KeyObject }

/** `id:secret[,id:secret…]`, the newest first; a secret is 64 bytes in base64url. */
export function sealKeysFromText(text: string): readonly SealKey[] | null {
  const keys = text.trim().split(',').map(sealKeyFromText)
  const isWhole = keys.every((key) => key !== null) && new Set(keys.map((key) => key.id)).size === keys.length
  return isWhole ? keys : null
}

function sealKeyFromText(text: string): SealKey | null {
  const [, id, secret] = /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9_-]+)$/.exec(text.trim()) ?? []
  const bytes = secret === undefined ? null : bytesFromText(secret, 64)
  return id === undefined || bytes === null ? null : { id, secret: bytes }
}

/** Base64 or base64url of exactly this many bytes. */
export function bytesFromText(text: string, length: number): Uint8Array | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text.trim())) return null
  const bytes = Buffer.from(text.trim(), 'base64')
  return bytes.length === length ? new Uint8Array(bytes) : null
}

/** An Ed25519 private key: PEM (its line ends may be written `\n`), or base64 of PKCS#8. */
export function signingKeyFromText(text: string): SigningKey | null {
  try {
    const privateKey = createPrivateKey(keyInput(text, 'pkcs8'))
    return privateKey.asymmetricKeyType === 'ed25519'
      ? { ...verifyingKey(createPublicKey(privateKey)), privateKey }
      : null
  } catch {
    return null
  }
}

/** Ed25519 public keys of the replicas that may call, separated by commas: PEM or base64 of SPKI. */
export function verifyingKeysFromText(text: string): readonly VerifyingKey[] | null {
  try {
    const keys = text.split(',').map((one) => createPublicKey(keyInput(one, 'spki')))
    return keys.every((key) => key.asymmetricKeyType === 'ed25519') ? keys.map(verifyingKey) : null
  } catch {
    return null
  }
}

function keyInput<T extends 'pkcs8' | 'spki'>(text: string, type: T) {
  const plain = text.trim().replaceAll('\\n', '\n')
  if (plain.startsWith('-----BEGIN')) return { key: plain, format: 'pem', type } as const
  return { key: Buffer.from(plain, 'base64'), format: 'der', type } as const
}

/** The key id is the JWK thumbprint (RFC 7638), so that nobody has to hand one out. */
function verifyingKey(publicKey: KeyObject): VerifyingKey {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  return { kid, publicKey }
}
