import { figures } from '../figures.ts'
import { figureFrom, type Shown } from './figure-from.ts'
import type { StoreState } from './store-state.ts'

export type UnitParts = {
  unit: string
  month: string
  /** By `figure|category`. */
  cells: ReadonlyMap<string, Shown>
  /** When the unit was counted again alone; null where it was counted with everything. */
  recounted: string | null
  state: StoreState
  now: Date
}

/** The one cell of a broken-down figure that has a field of its own. */
const single: Readonly<Record<string, { figure: string; category: string }>> = {
  elderlyWithoutPensionOrInsurance: { figure: 'elderlyByPensionAndInsurance', category: 'NO_PENSION_UNINSURED' },
  landOwningHouseholdsOnAssistance: { figure: 'householdsByLandAndAssistance', category: 'LAND_ASSISTANCE' },
}

const specs = new Map(figures.map((spec) => [spec.id, spec]))

/** All figures of a unit in a month; each is made when it is first asked for. */
export function unitStatistics(parts: UnitParts): object {
  const { unit, month, cells, recounted, state, now } = parts
  const figure = (id: string, code: string) => {
    const spec = specs.get(id)
    if (spec === undefined) throw new Error(`no figure ${id}`)
    const found = state.releaseOf(id, month)
    const isLatest = month === state.latest
    const asOf = isLatest && spec.byCommune && recounted !== null && found !== null && recounted > found.asOf
    return figureFrom({
      spec,
      category: state.categoriesOf(id).find((one) => one.code === code) ?? null,
      unit,
      month,
      release: found === null ? null : { ...found, asOf: asOf ? String(recounted) : found.asOf },
      shown: cells.get(`${id}|${code}`),
      isLatest,
      now,
    })
  }
  const fields = new Map<string, () => unknown>(
    figures.map(({ id, categories }) => [
      id,
      () => {
        if (categories === undefined) return figure(id, '')
        const codes = state.categoriesOf(id).map(({ code }) => code)
        return (codes.length === 0 ? [''] : codes).map((code) => figure(id, code))
      },
    ]),
  )
  for (const [field, { figure: id, category }] of Object.entries(single)) fields.set(field, () => figure(id, category))
  const own = { unit, level: unit === 'VN' ? 'NATION' : unit.length === 2 ? 'PROVINCE' : 'COMMUNE', month }
  return Object.defineProperties(
    { ...own, askedAs: null, overlap: null },
    Object.fromEntries(
      [...fields].map(([field, make]) => {
        let made: unknown
        return [field, { get: () => (made ??= make()), enumerable: true, configurable: true }]
      }),
    ),
  )
}
