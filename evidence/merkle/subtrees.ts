import { emptyRoot, nodeHash } from './hashes.ts'

/** A perfect subtree: the 2^level leaves from index * 2^level on. Numbers, so at most 2^53 leaves. */
export type Subtree = { level: number; index: number }

/**
 * The perfect subtrees that make up the leaves from `start` to before `end`, largest first. The start must stand where
 * the tree itself splits, as every hash of a proof does.
 */
export function subtreesOf(start: number, end: number): Subtree[] {
  const found: Subtree[] = []
  let from = start
  while (from < end) {
    let level = 0
    while (from % 2 ** (level + 1) === 0 && from + 2 ** (level + 1) <= end) level += 1
    found.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return found
}

/** One hash of hashes that stand side by side, largest subtree first: RFC 9162 Section 2.1.1 splits from the left. */
export function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return (
    hashes.reduceRight<Uint8Array | null>((right, left) => (right === null ? left : nodeHash(left, right)), null) ??
    emptyRoot
  )
}

/** The largest power of two smaller than a size of at least 2. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}
