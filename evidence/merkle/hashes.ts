import { hash } from 'node:crypto'

/** SHA-256 of the empty text: the tree without leaves (RFC 9162 Section 2.1.1). */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

const leafPrefix = Buffer.of(0)

/** The hash of an entry: SHA-256 of 0x00 and its bytes (RFC 9162 Section 2.1.1). */
export function leafHash(entry: Uint8Array | string): Buffer {
  // In UTF-8 the character 0 is the byte 0.
  if (typeof entry === 'string') return hash('sha256', `\0${entry}`, 'buffer')
  return hash('sha256', Buffer.concat([leafPrefix, entry]), 'buffer')
}

/** The hash of an inner node: SHA-256 of 0x01 and both children, so that no leaf can be taken for a node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const node = Buffer.allocUnsafe(1 + left.length + right.length)
  node[0] = 1
  node.set(left, 1)
  node.set(right, 1 + left.length)
  return hash('sha256', node, 'buffer')
}
