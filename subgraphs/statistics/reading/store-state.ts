import type { Category } from '../figure-spec.ts'
import { figures } from '../figures.ts'

/** When a figure of a month was counted, and over how much. */
export type Release = { asOf: string; coverage: number; isFinal: boolean }

/** What is known of the store besides cells. */
export type StoreState = {
  /** The newest month with figures; null while nothing was ever counted. */
  latest: string | null
  /** Null where there is none. */
  releaseOf: (figure: string, month: string) => Release | null
  /** The grid of a figure: its categories in order, none for a single number or before the first count. */
  categoriesOf: (figure: string) => readonly Category[]
  /** When a unit was counted again alone; null where it was counted with everything. */
  recountedOf: (unit: string) => string | null
  /** Codes of units by their length: provinces of two digits, communes of five. */
  unitsOf: (length: 2 | 5) => ReadonlySet<string>
  /** Every time by which the age of a newest figure is told. */
  times: readonly string[]
}

/** Statements of one snapshot. */
export type Rows = <T>(text: string, values: readonly unknown[]) => Promise<T[]>

/** Reads it: four small tables. Rejects when the store can't be had. */
export async function readState(rows: Rows): Promise<StoreState> {
  const [releases, categories, recounts, units] = await Promise.all([
    rows<{ figure: string; month: string; as_of: string; coverage: string; is_final: boolean }>(
      'select figure, month, as_of, coverage, is_final from release',
      [],
    ),
    rows<{ figure: string; code: string; name_vi: string; name_en: string }>(
      'select figure, code, name_vi, name_en from category order by figure, position',
      [],
    ),
    rows<{ unit: string; as_of: string }>('select unit, as_of from unit_refresh', []),
    rows<{ code: string }>(`select code from unit where code <> 'VN'`, []),
  ])
  const latest =
    releases
      .map(({ month }) => month)
      .toSorted()
      .at(-1) ?? null
  const byFigure = new Map(
    releases.map(({ figure, month, as_of: asOf, coverage, is_final: isFinal }) => [
      `${figure} ${month}`,
      { asOf, coverage: Number(coverage), isFinal },
    ]),
  )
  const listed = Map.groupBy(categories, ({ figure }) => figure)
  const grids = new Map(
    figures.map(({ id, categories: own }) => [
      id,
      own === undefined || typeof own === 'string'
        ? (listed.get(id) ?? []).map(({ code, name_vi, name_en }) => ({ code, vi: name_vi, en: name_en }))
        : own,
    ]),
  )
  const recounted = new Map(recounts.map(({ unit, as_of }) => [unit, as_of]))
  const ofLength = (length: number) => new Set(units.map(({ code }) => code).filter((code) => code.length === length))
  const byLength = { 2: ofLength(2), 5: ofLength(5) }
  return {
    latest,
    releaseOf: (figure, month) => byFigure.get(`${figure} ${month}`) ?? null,
    categoriesOf: (figure) => grids.get(figure) ?? [],
    recountedOf: (unit) => recounted.get(unit) ?? null,
    unitsOf: (length) => byLength[length],
    times: [...releases.filter(({ month }) => month === latest), ...recounts].map(({ as_of }) => as_of),
  }
}
