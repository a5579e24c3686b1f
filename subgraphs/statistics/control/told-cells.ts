import { identities } from './identities.ts'
import type { PublishedCell } from './publish-cells.ts'

/** A cell of one unit: what was counted, and what of it is shown. */
export type AuditedCell = { contributors: number; threshold: number; base: number; shown: PublishedCell | undefined }

/** How many values a hidden cell must still be able to have, for somebody who adds and subtracts all that is shown. */
const leastValues = 3

/**
 * The shown cells of a unit to withhold because their sums, by an identity between figures, corner a cell that is hidden
 * for being small: of each such identity the smallest that is shown. Reckons as an attacker would who takes every hidden
 * cell for a small one.
 */
export function toldCells(cells: ReadonlyMap<string, AuditedCell>): Set<string> {
  const withheld = new Set<string>()
  for (const { whole, parts } of identities) {
    const names = [...whole, ...parts]
    const ranges = new Map(names.map((name) => [name, rangeOf(cells.get(name))]))
    const isTold = names.some((name) => {
      const cell = cells.get(name)
      if (cell?.shown !== undefined) return false
      const threshold = cell?.threshold ?? smallest
      if ((cell?.contributors ?? 0) >= threshold) return false
      const [ownSide, otherSide] = whole.includes(name) ? [whole, parts] : [parts, whole]
      const others = sum(ownSide.filter((one) => one !== name).map((one) => ranges.get(one) ?? anything))
      const all = sum(otherSide.map((one) => ranges.get(one) ?? anything))
      const low = Math.max(0, all.low - others.high)
      const high = Math.min(threshold - 1, all.high - others.low)
      return high - low + 1 < leastValues
    })
    const shown = names.filter((name) => cells.get(name)?.shown !== undefined)
    const next = shown.toSorted((a, b) => (cells.get(a)?.contributors ?? 0) - (cells.get(b)?.contributors ?? 0))[0]
    if (isTold && next !== undefined) withheld.add(next)
  }
  return withheld
}

type Range = { low: number; high: number }
const smallest = 5
const anything: Range = { low: 0, high: smallest - 1 }

function rangeOf(cell: AuditedCell | undefined): Range {
  if (cell === undefined) return anything
  const { contributors, threshold, base, shown } = cell
  if (shown === undefined) return { low: 0, high: contributors < threshold ? threshold - 1 : Infinity }
  const margin = (base - 1) * shown.cells
  return { low: Math.max(threshold, shown.value - margin), high: shown.value + margin }
}

function sum(ranges: readonly Range[]): Range {
  return {
    low: ranges.reduce((total, { low }) => total + low, 0),
    high: ranges.reduce((total, { high }) => total + high, 0),
  }
}
