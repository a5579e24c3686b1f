import type { Random } from './types.ts'

/** Draws items in proportion to fixed weights, in logarithmic time. */
export type WeightedTable<T> = {
  /** The item at a point of [0, 1). */
  at: (unit: number) => T
  draw: (random: Random) => T
}

/** A table of items with their weights; weights needn't sum to one. Throws when nothing has weight. */
export function createWeightedTable<T>(items: readonly T[], weight: (item: T) => number): WeightedTable<T> {
  const bounds = new Float64Array(items.length)
  let total = 0
  for (const [index, item] of items.entries()) {
    total += Math.max(0, weight(item))
    bounds[index] = total
  }
  if (!(total > 0)) throw new RangeError('a weighted table needs weight')

  const at = (unit: number): T => {
    const target = unit * total
    let low = 0
    let high = items.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((bounds[middle] ?? total) > target) high = middle
      else low = middle + 1
    }
    const item = items[low]
    if (item === undefined) throw new RangeError('a weighted table needs items')
    return item
  }
  return { at, draw: (random) => at(random.next()) }
}

/** A table from `code:share` pairs separated by blanks, as the share files write them. */
export function tableFromShares(text: string): WeightedTable<string> {
  const shares = new Map(text.split(' ').map((pair): [string, number] => [pair.slice(0, 2), Number(pair.slice(3))]))
  return createWeightedTable([...shares.keys()], (code) => shares.get(code) ?? 0)
}
