import { createHash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** What a signature is made over, so that it can't be taken for one over a receipt or a log head under the same key. */
const context = Buffer.from('vn-national-graph/disclosure-record/v1\0', 'utf8')

/** Ed25519 (RFC 8032) over the context and the record's canonical body; 64 bytes. */
export function signBody(body: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.concat([context, Buffer.from(body, 'utf8')]), privateKey)
}

/** True where the signature is the key's over this body. Never throws for wrong bytes. */
export function isSignatureOf(body: string, signature: Uint8Array, publicKey: KeyObject): boolean {
  return (
    signature.length === 64 && verify(null, Buffer.concat([context, Buffer.from(body, 'utf8')]), publicKey, signature)
  )
}

/** The Merkle leaf hash of a record: SHA-256 of 0x00 and the body (RFC 6962 Section 2.1). */
export function leafHash(body: string): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(body, 'utf8').digest()
}
