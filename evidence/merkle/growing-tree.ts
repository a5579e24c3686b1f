import { nodeHash } from './hashes.ts'
import { joinHashes, subtreesOf } from './subtrees.ts'
import type { Subtree } from './subtrees.ts'

/** A tree that only grows; it holds one hash a level. */
export type GrowingTree = {
  size: () => number
  root: () => Uint8Array
  /** Adds a leaf by its hash. */
  append: (leaf: Uint8Array) => void
}

/**
 * A tree of `size` leaves, given as the hashes of the subtrees it is made of (`subtreesOf(0, size)`), to be grown. `note`
 * is told every perfect subtree above the leaves as it becomes complete.
 */
export function createGrowingTree(
  size = 0,
  hashes: readonly Uint8Array[] = [],
  note: (subtree: Subtree, hash: Uint8Array) => void = () => undefined,
): GrowingTree {
  const edge = subtreesOf(0, size).map((subtree, position) => {
    const hash = hashes[position]
    if (hash === undefined) throw new RangeError('a hash of the tree is missing')
    return { ...subtree, hash }
  })
  let leaves = size
  return {
    size: () => leaves,
    root: () => joinHashes(edge.map(({ hash }) => hash)),
    append: (leaf) => {
      let added = { level: 0, index: leaves, hash: leaf }
      for (let left = edge.at(-1); left?.level === added.level; left = edge.at(-1)) {
        edge.pop()
        const hash = nodeHash(left.hash, added.hash)
        added = { level: added.level + 1, index: left.index / 2, hash }
        note({ level: added.level, index: added.index }, hash)
      }
      edge.push(added)
      leaves += 1
    },
  }
}
