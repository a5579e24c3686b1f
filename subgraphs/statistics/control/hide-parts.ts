import { isLarge, sumOf, type Count } from './counts.ts'

/** One of the parts an area is made of; `unit` is null for what is placed in none of them. */
export type Part = Count & { unit: string | null; mayShow: boolean }

/**
 * Which parts of an area are shown and which only as one sum. What may not be shown is hidden; then the smallest of the
 * others join it (complementary suppression) until the sum of the hidden is itself large enough, is of two parts or more,
 * and does not corner any of them. Null where that can't be had: then the area is not shown either.
 */
export function hideParts<P extends Part>(parts: readonly P[], threshold: number): { shown: P[]; hidden: P[] } | null {
  const shown = parts.filter(({ mayShow }) => mayShow).toSorted((a, b) => b.contributors - a.contributors)
  const hidden = parts.filter(({ mayShow }) => !mayShow)
  if (hidden.length === 0) return { shown, hidden }
  let joined = 0
  while (!isSafe(hidden, joined, threshold)) {
    const smallest = shown.pop()
    if (smallest === undefined) return null
    hidden.push(smallest)
    joined += 1
  }
  return { shown, hidden }
}

/**
 * Small parts alone can each be what the threshold allows at most: a sum near that would tell every one of them. A part
 * that joined may be of any size, and nobody can tell which did.
 */
function isSafe(hidden: readonly Part[], joined: number, threshold: number): boolean {
  const sum = sumOf(hidden)
  const most = (hidden.length - 1) * (threshold - 1)
  const isCornered = joined === 0 && sum.contributors + threshold - 1 > most
  return hidden.length >= 2 && isLarge(sum, threshold) && !isCornered
}
