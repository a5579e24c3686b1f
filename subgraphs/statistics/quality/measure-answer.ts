import { gradeOf, type QualityGrade } from './score.ts'
import type { Indicator } from './measured.ts'

/** Days after which a measure is stale: it is taken each day, and may be missed once. */
const targetAgeDays = 2

/** A measure as the store publishes it. */
export type MeasureRow = {
  database: string
  indicator: Indicator
  method: string
  type: string | null
  field: string | null
  part: string
  query: string
  base: number
  observed: number | string | null
  target: number | string | null
  checked: number | null
  failed: number | null
  score: number | string | null
  as_of: string | null
  attempted_at: string
  failure: string | null
}

/** Why a measure has a score, or none. */
type Status = 'MEASURED' | 'SUPPRESSED' | 'STALE' | 'FAILED' | 'NOT_MEASURED'

export type MeasureAnswer = ReturnType<typeof measureFrom>

/** A measure as the graph gives it: a failed one with its last score, which is as old as it says. */
export function measureFrom(row: MeasureRow, now: Date) {
  const { indicator, method, type, field, checked, failed, query, failure } = row
  const score = numberOf(row.score)
  const isStale = row.as_of !== null && now.getTime() - Date.parse(row.as_of) > targetAgeDays * 86_400_000
  const status = statusOf(row, isStale)
  return {
    indicator,
    method,
    type,
    field,
    part: row.part === '' ? null : row.part,
    status,
    checked,
    failed,
    roundedTo: row.base,
    observed: numberOf(row.observed),
    target: numberOf(row.target),
    score,
    grade: gradeOf(score, status === 'MEASURED') satisfies QualityGrade | null,
    asOf: row.as_of,
    isStale,
    attemptedAt: row.attempted_at,
    failure,
    query,
  }
}

function statusOf({ failure, as_of: asOf, score, target, observed }: MeasureRow, isStale: boolean): Status {
  if (failure !== null) return 'FAILED'
  if (asOf === null) return 'NOT_MEASURED'
  if (isStale) return 'STALE'
  if (score !== null) return 'MEASURED'
  return target === null && observed === null ? 'SUPPRESSED' : 'NOT_MEASURED'
}

/** What the driver gives as text, so that no digit is lost, becomes a number: none of these has many. */
const numberOf = (value: number | string | null): number | null => (value === null ? null : Number(value))
