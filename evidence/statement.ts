import { hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * What a writer signs of each of its records, and what a receipt says. The leaf hash stands for the whole body; `previous`
 * for the statement and signature before it, so that one signature covers all that the writer wrote before.
 */
export type Statement = {
  record: string
  /** The record's Merkle leaf hash (RFC 9162 Section 2.1.1) in base64url. */
  leaf: string
  writer: string
  counter: number
  at: string
  /** Null for a writer's first record. */
  previous: string | null
}

/** What a signature is made over, so that it can't be taken for one over a receipt or a log head under the same key. */
const context = 'vn-national-graph/disclosure-record/v2\0'

/** The one text of a statement (RFC 8785: these members in this order) behind its context. */
export function statementText({ record, leaf, writer, counter, at, previous }: Statement): string {
  return context + JSON.stringify({ at, counter, leaf, previous, record, writer })
}

/**
 * How an entry stands in the body of its record: the SHA-256 of its text. So one person can be shown their own entry of
 * a record, and that it is in the record, without the others'; a salt in each keeps those from being guessed.
 */
export function entryHash(entry: string): string {
  return hash('sha256', entry, 'base64url')
}

/** Ed25519 (RFC 8032) over a statement's text; 64 bytes. */
export function signStatement(text: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(text, 'utf8'), privateKey)
}

/** True where the signature is the key's over this statement. Never throws for wrong bytes. */
export function isSignatureOf(text: string, signature: Uint8Array, publicKey: KeyObject): boolean {
  return signature.length === 64 && verify(null, Buffer.from(text, 'utf8'), publicKey, signature)
}

/** What the writer's next statement names as `previous`: SHA-256 of this one's text and signature (base64url). */
export function linkFrom(text: string, signature: string): string {
  return hash('sha256', `${text}.${signature}`, 'base64url')
}
