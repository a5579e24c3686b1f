import type { Category, FigureSpec } from '../figure-spec.ts'
import type { Release } from './store-state.ts'

/** Days after which the newest figures are called stale: a month, and some days to count the next. */
export const targetAgeDays = 35

/** A published cell, and how many rounded cells it is the sum of. */
export type Shown = { value: number; cells: number }

export type FigureParts = {
  spec: FigureSpec
  category: Category | null
  unit: string
  month: string
  release: Release | null
  /** Undefined where the cell is suppressed. */
  shown: Shown | undefined
  isLatest: boolean
  now: Date
}

/** Why a figure has a value, or has none. */
type Status = 'PUBLISHED' | 'SUPPRESSED' | 'NOT_COMPUTED' | 'NOT_AT_THIS_LEVEL'

/** The figure as the graph gives it: never a number that is not in the store, and always where it comes from. */
export function figureFrom(parts: FigureParts) {
  const { spec, category, month, release, shown, isLatest, now } = parts
  const status = statusOf(parts)
  const value = status === 'PUBLISHED' ? (shown ?? null) : null
  const age = release === null ? 0 : now.getTime() - new Date(release.asOf).getTime()
  const isStale = isLatest && age > targetAgeDays * 86_400_000
  return {
    figure: spec.id,
    category: category?.code ?? null,
    nameVi: category === null ? spec.vi : `${spec.vi}: ${category.vi}`,
    nameEn: category === null ? spec.en : `${spec.en}: ${category.en}`,
    month,
    value: value?.value ?? null,
    measure: spec.measure,
    status,
    isSuppressed: status === 'SUPPRESSED',
    isRounded: value !== null,
    roundedTo: spec.base,
    roundingMargin: value === null ? null : marginOf(spec.base, value.cells),
    threshold: spec.threshold,
    asOf: release?.asOf ?? null,
    isStale: release === null ? null : isStale,
    isFinal: release?.isFinal ?? null,
    coveragePercent: release?.coverage ?? null,
    sources: spec.sources,
    grade: release === null ? null : gradeOf(spec, release.coverage, isStale),
  }
}

/**
 * Each cell is off by less than the base, up or down by chance, with a variance of a quarter of its square at most: the
 * sum of n is off by base times the root of n in one case of twenty or fewer (two standard deviations).
 */
function marginOf(base: number, cells: number): number {
  return Math.min((base - 1) * cells, Math.ceil(base * Math.sqrt(cells)))
}

function statusOf({ spec, unit, release, shown }: FigureParts): Status {
  if (!spec.byCommune && unit.length === 5) return 'NOT_AT_THIS_LEVEL'
  if (release === null) return 'NOT_COMPUTED'
  return shown === undefined ? 'SUPPRESSED' : 'PUBLISHED'
}

/** A: 98 % of the sources or more; B: 90 %; C: less, or stale. No better than the definition allows. */
function gradeOf({ bestGrade }: FigureSpec, coverage: number, isStale: boolean): 'A' | 'B' | 'C' {
  if (isStale || coverage < 90) return 'C'
  return coverage < 98 ? 'B' : bestGrade
}
