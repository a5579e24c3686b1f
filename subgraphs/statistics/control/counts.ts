/** What contributes to a cell: how many, their sum, and the largest of them. */
export type Count = { contributors: number; value: number; largest: number }

/** Nothing contributes. */
export const noCount: Count = { contributors: 0, value: 0, largest: 0 }

/** Enough contributors, and none that is more than half of the sum. */
export function isLarge({ contributors, value, largest }: Count, threshold: number): boolean {
  return contributors >= threshold && largest * 2 <= value
}

/** The counts of several parts together. */
export function sumOf(parts: Iterable<Count>): Count {
  const sum = { ...noCount }
  for (const { contributors, value, largest } of parts) {
    sum.contributors += contributors
    sum.value += value
    sum.largest = Math.max(sum.largest, largest)
  }
  return sum
}
