import { isLarge, noCount, sumOf, type Count } from './counts.ts'
import { hideParts, type Part } from './hide-parts.ts'
import type { RoundCell } from './round-cell.ts'

/** One category of a figure in one month, as it was counted. */
export type CountedCategory = {
  /** What rounding goes by, with the unit. */
  stamp: string
  /** By commune, or by province for what is placed in no commune. */
  counts: ReadonlyMap<string, Count>
  byCommune: boolean
  threshold: number
  base: number
  /** Units not to be shown though they are large enough: a sum would tell a smaller cell of them. */
  withheld: ReadonlySet<string>
}

/** Province -> its communes. */
export type Units = ReadonlyMap<string, readonly string[]>

/** A number that leaves, and how many rounded cells it is the sum of. */
export type PublishedCell = { value: number; cells: number }

/**
 * The cells that leave, by unit; a unit without one is suppressed. Shown communes, and what is left of a province or of
 * the nation as one sum, are rounded each for itself; every other number is the sum of those. So no margin tells more than
 * its parts, and no larger area, and no difference of areas, has an answer that is not already there.
 */
export function publishCells(category: CountedCategory, units: Units, round: RoundCell): Map<string, PublishedCell> {
  const { stamp, counts, byCommune, threshold, base, withheld } = category
  const rest = (unit: string, hidden: readonly Part[]): PublishedCell =>
    hidden.length === 0 ? nothing : rounded(`${unit}/rest`, sumOf(hidden))
  const rounded = (unit: string, { value }: Count): PublishedCell => ({
    value: round(`${stamp}|${unit}`, value, base),
    cells: 1,
  })
  const published = new Map<string, PublishedCell>()
  if (sumOf(counts.values()).contributors < threshold) return published
  const provinces = [...units].map(([province, communes]) => {
    const whole = sumOf([province, ...communes].flatMap((unit) => counts.get(unit) ?? []))
    if (!isLarge(whole, threshold)) return { ...whole, unit: province, mayShow: false, inside: noInside }
    const parts: Part[] = communes.map((unit) => {
      const count = counts.get(unit) ?? noCount
      return { ...count, unit, mayShow: isLarge(count, threshold) && !withheld.has(unit) }
    })
    const unplaced = counts.get(province)
    if (unplaced !== undefined) parts.push({ ...unplaced, unit: null, mayShow: false })
    const inside = byCommune ? hideParts(parts, threshold) : { shown: [], hidden: parts }
    return { ...whole, unit: province, mayShow: inside !== null && !withheld.has(province), inside: inside ?? noInside }
  })

  const nation = hideParts(provinces, threshold)
  if (nation === null) return published
  let ofNation = rest('VN', nation.hidden)
  for (const { unit: province, inside } of nation.shown) {
    let ofProvince = rest(province, inside.hidden)
    for (const commune of inside.shown) {
      const cell = rounded(String(commune.unit), commune)
      published.set(String(commune.unit), cell)
      ofProvince = together(ofProvince, cell)
    }
    published.set(province, ofProvince)
    ofNation = together(ofNation, ofProvince)
  }
  if (!withheld.has('VN')) published.set('VN', ofNation)
  return published
}

const noInside: { shown: Part[]; hidden: Part[] } = { shown: [], hidden: [] }
const nothing: PublishedCell = { value: 0, cells: 0 }

function together(one: PublishedCell, other: PublishedCell): PublishedCell {
  return { value: one.value + other.value, cells: one.cells + other.cells }
}
