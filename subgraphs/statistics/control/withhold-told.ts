import { noCount, sumOf } from './counts.ts'
import { publishCells, type CountedCategory, type PublishedCell, type Units } from './publish-cells.ts'
import type { RoundCell } from './round-cell.ts'
import { toldCells, type AuditedCell } from './told-cells.ts'

/** A category of a figure, by name. */
export type Category = CountedCategory & { figure: string; code: string }

export type Controlled = { category: Category; cells: ReadonlyMap<string, PublishedCell> }

/**
 * Publishes categories that tell of each other, and withholds cells until their sums corner no hidden one. It ends: each
 * round withholds a cell more.
 */
export function withholdTold(categories: readonly Category[], units: Units, round: RoundCell): readonly Controlled[] {
  const controlled = new Map(
    categories.map((category) => [nameOf(category), { category, cells: publishCells(category, units, round) }]),
  )
  const totals = new Map(categories.map((category) => [nameOf(category), contributorsOf(category, units)]))
  for (;;) {
    const changed = new Set<string>()
    for (const unit of shownUnits(controlled)) {
      for (const name of toldCells(cellsOf(unit, controlled, totals))) {
        const one = controlled.get(name)
        if (one === undefined) continue
        const withheld = new Set([...one.category.withheld, unit])
        controlled.set(name, { ...one, category: { ...one.category, withheld } })
        changed.add(name)
      }
    }
    if (changed.size === 0) return [...controlled.values()]
    for (const name of changed) {
      const one = controlled.get(name)
      if (one !== undefined) controlled.set(name, { ...one, cells: publishCells(one.category, units, round) })
    }
  }
}

const nameOf = ({ figure, code }: Category): string => `${figure}|${code}`
/** Where nothing is shown, nothing is told. */
const shownUnits = (controlled: ReadonlyMap<string, Controlled>): Set<string> =>
  new Set([...controlled.values()].flatMap(({ cells }) => [...cells.keys()]))

function contributorsOf({ counts }: Category, units: Units): Map<string, number> {
  const ofProvinces = [...units].map(([province, communes]): [string, number] => {
    const parts = [province, ...communes].map((unit) => counts.get(unit) ?? noCount)
    return [province, sumOf(parts).contributors]
  })
  const nation = ofProvinces.reduce((sum, [, contributors]) => sum + contributors, 0)
  const ofCommunes = [...counts].map(([unit, { contributors }]): [string, number] => [unit, contributors])
  return new Map([...ofCommunes, ...ofProvinces, ['VN', nation]])
}

function cellsOf(
  unit: string,
  controlled: ReadonlyMap<string, Controlled>,
  totals: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Map<string, AuditedCell> {
  return new Map(
    [...controlled].map(([name, { category, cells }]) => [
      name,
      {
        contributors: totals.get(name)?.get(unit) ?? 0,
        threshold: category.threshold,
        base: category.base,
        shown: cells.get(unit),
      },
    ]),
  )
}
