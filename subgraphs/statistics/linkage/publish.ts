import type { Client } from 'pg'
import { copyRows } from '../../kit/postgres/copy-rows.ts'
import type { Count } from '../control/counts.ts'
import { publishCells, type PublishedCell, type Units } from '../control/publish-cells.ts'
import { createRoundCell, type RoundCell } from '../control/round-cell.ts'
import { withholdTold, type Category } from '../control/withhold-told.ts'
import type { FigureSpec } from '../figure-spec.ts'
import { figures } from '../figures.ts'
import type { Scope } from './take-counts.ts'

/** Writes the controlled cells of a refresh's months over those that were there. Returns how many there are. */
export async function publish(store: Client, { month, months }: Scope, units: Units): Promise<number> {
  const { rows } = await store.query<{ secret: Buffer }>('select secret from rounding_secret')
  const round = createRoundCell(rows[0]?.secret ?? new Uint8Array())
  let written = 0
  for (const figure of figures.filter(({ isFlow }) => isFlow)) {
    for (const one of months) {
      const categories = await readCategories(store, figure, one)
      written += await write(store, one, publishAll(categories, units, round))
    }
  }
  const stocks = []
  for (const figure of figures.filter(({ isFlow }) => !isFlow))
    stocks.push(...(await readCategories(store, figure, month)))
  return written + (await write(store, month, withholdTold(stocks, units, round)))
}

const publishAll = (categories: readonly Category[], units: Units, round: RoundCell) =>
  categories.map((category) => ({ category, cells: publishCells(category, units, round) }))

/** What a figure's cells rest on, by category. */
async function readCategories(store: Client, figure: FigureSpec, month: string): Promise<Category[]> {
  const { rows } = await store.query<{ category: string; unit: string } & Count>(
    `select category, unit, released_contributors as contributors, released_value as value, released_largest as largest
     from counted where figure = $1 and month = $2 and released_contributors > 0 order by category`,
    [figure.id, month],
  )
  const { threshold, base, byCommune } = figure
  return [...Map.groupBy(rows, ({ category }) => category)].map(([category, counts]) => ({
    figure: figure.id,
    code: category,
    // A month's events are counted once; what is counted as it stands must not average out over the months.
    stamp: `${figure.id}|${category}${figure.isFlow ? `|${month}` : ''}`,
    counts: new Map(counts.map(({ unit, contributors, value, largest }) => [unit, { contributors, value, largest }])),
    byCommune,
    threshold,
    base,
    withheld: new Set<string>(),
  }))
}

type Written = { category: Category; cells: ReadonlyMap<string, PublishedCell> }

async function write(store: Client, month: string, all: readonly Written[]): Promise<number> {
  const ids = [...new Set(all.map(({ category }) => category.figure))]
  await store.query('delete from published where month = $1 and figure = any ($2)', [month, ids])
  const rows = all.flatMap(({ category, cells }) =>
    [...cells]
      .filter(([, { value }]) => value > 0)
      .map(([unit, cell]) => [unit, month, category.figure, category.code, cell.value, cell.cells]),
  )
  return copyRows(store, 'published', ['unit', 'month', 'figure', 'category', 'value', 'cells'], rows)
}
