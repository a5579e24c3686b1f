import { splitOf, subtreesOf } from './subtrees.ts'
import type { Subtree } from './subtrees.ts'

/** The hashes of a proof in their order, each as the perfect subtrees it is joined from. */
export type ProofPlan = readonly (readonly Subtree[])[]

/** Which hashes show that a leaf is in a tree of a size (RFC 9162 Section 2.1.3.1). Throws a RangeError for a leaf that is not. */
export function inclusionPlan(leaf: number, size: number): ProofPlan {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(leaf) || leaf < 0 || leaf >= size)
    throw new RangeError('the leaf is not in the tree')
  const ranges: Subtree[][] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (leaf < middle) {
      ranges.push(subtreesOf(middle, end))
      end = middle
    } else {
      ranges.push(subtreesOf(start, middle))
      start = middle
    }
  }
  return ranges.toReversed()
}

/**
 * Which hashes show that a tree of one size is the beginning of a tree of another (RFC 9162 Section 2.1.4.1); none for
 * equal sizes. Throws a RangeError unless 0 < first <= second.
 */
export function consistencyPlan(first: number, second: number): ProofPlan {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 1 || first > second)
    throw new RangeError('the first tree is not the beginning of the second')
  const ranges: Subtree[][] = []
  let start = 0
  let end = second
  while (first < end) {
    const middle = start + splitOf(end - start)
    if (first <= middle) {
      ranges.push(subtreesOf(middle, end))
      end = middle
    } else {
      ranges.push(subtreesOf(start, middle))
      start = middle
    }
  }
  // Whoever checks holds the first root already; below it, what is left of the first tree is not known to them.
  if (start > 0) ranges.push(subtreesOf(start, end))
  return ranges.toReversed()
}
