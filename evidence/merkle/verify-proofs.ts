import { nodeHash } from './hashes.ts'

/** A tree as its head states it. */
export type Tree = { size: number; root: Uint8Array }

/** True where the path shows that the leaf stands at this place of the tree (RFC 9162 Section 2.1.3.2). Never throws. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  path: readonly Uint8Array[],
  { size, root }: Tree,
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  let place = index
  let last = size - 1
  let hash = leaf
  for (const sibling of path) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      while (place % 2 === 0 && place !== 0) {
        place /= 2
        last = half(last)
      }
    } else hash = nodeHash(hash, sibling)
    place = half(place)
    last = half(last)
  }
  return last === 0 && isSame(hash, root)
}

/** True where the proof shows that the first tree is the beginning of the second (RFC 9162 Section 2.1.4.2). Never throws. */
export function isConsistent(first: Tree, second: Tree, proof: readonly Uint8Array[]): boolean {
  if (![first.size, second.size].every(Number.isSafeInteger) || first.size < 1 || first.size > second.size) return false
  if (first.size === second.size) return proof.length === 0 && isSame(first.root, second.root)
  const isPower = 2 ** Math.floor(Math.log2(first.size)) === first.size
  const [start, ...rest] = isPower ? [first.root, ...proof] : proof
  if (start === undefined || (isPower && proof.length === 0)) return false
  let place = first.size - 1
  let last = second.size - 1
  while (place % 2 === 1) {
    place = half(place)
    last = half(last)
  }
  let ofFirst = start
  let ofSecond = start
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      ofFirst = nodeHash(sibling, ofFirst)
      ofSecond = nodeHash(sibling, ofSecond)
      while (place % 2 === 0 && place !== 0) {
        place /= 2
        last = half(last)
      }
    } else ofSecond = nodeHash(ofSecond, sibling)
    place = half(place)
    last = half(last)
  }
  return last === 0 && isSame(ofFirst, first.root) && isSame(ofSecond, second.root)
}

function half(value: number): number {
  return Math.floor(value / 2)
}

/** Hashes of a public tree are no secret: no constant time is needed. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
