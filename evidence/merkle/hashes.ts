import { hash } from 'node:crypto'

/** SHA-256 of the empty text: the tree without leaves (RFC 9162 Section 2.1.1). */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

/** The hash of an entry: SHA-256 of 0x00 and its bytes (RFC 9162 Section 2.1.1). */
export function leafHash(entry: Uint8Array | string): Buffer {
  const bytes = typeof entry === 'string' ? Buffer.from(entry, 'utf8') : entry
  return hash('sha256', Buffer.concat([leafPrefix, bytes]), 'buffer')
}

/** The hash of an inner node: SHA-256 of 0x01 and both children, so that no leaf can be taken for a node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')
}
