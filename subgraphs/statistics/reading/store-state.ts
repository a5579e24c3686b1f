import type { Pool } from 'pg'
import type { Category } from '../figure-spec.ts'
import { figures } from '../figures.ts'
import { dayInVietNam } from '../months.ts'

/** When a figure of a month was counted, and over how much. */
export type Release = { asOf: string; coverage: number; isFinal: boolean }

/** What one request needs to know of the store besides cells. */
export type StoreState = {
  /** The month it is. */
  thisMonth: string
  /** The newest month with figures; null while nothing was ever counted. */
  latest: string | null
  /** Null where there is none. */
  releaseOf: (figure: string, month: string) => Release | null
  /** The grid of a figure: its categories in order, none for a single number or before the first count. */
  categoriesOf: (figure: string) => readonly Category[]
}

/** Reads it: two small tables. Rejects when the store can't be had. */
export async function readState(pool: Pool, now: Date): Promise<StoreState> {
  const [releases, categories] = await Promise.all([
    pool.query<{ figure: string; month: string; as_of: string; coverage: string; is_final: boolean }>(
      'select figure, month, as_of, coverage, is_final from release',
    ),
    pool.query<{ figure: string; code: string; name_vi: string; name_en: string }>(
      'select figure, code, name_vi, name_en from category order by figure, position',
    ),
  ])
  const byFigure = new Map(releases.rows.map((row) => [`${row.figure} ${row.month}`, row]))
  const listed = Map.groupBy(categories.rows, ({ figure }) => figure)
  const ofSpec = new Map(figures.map(({ id, categories: own }) => [id, typeof own === 'string' ? undefined : own]))
  return {
    thisMonth: dayInVietNam(now).slice(0, 7),
    latest:
      releases.rows
        .map(({ month }) => month)
        .toSorted()
        .at(-1) ?? null,
    releaseOf: (figure, month) => {
      const row = byFigure.get(`${figure} ${month}`)
      return row === undefined ? null : { asOf: row.as_of, coverage: Number(row.coverage), isFinal: row.is_final }
    },
    categoriesOf: (figure) =>
      ofSpec.get(figure) ??
      (listed.get(figure) ?? []).map(({ code, name_vi, name_en }) => ({ code, vi: name_vi, en: name_en })),
  }
}
