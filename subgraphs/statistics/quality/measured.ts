/** The indicators of "đúng, đủ, sạch, sống, thống nhất, kết nối, dùng chung". */
export type Indicator = 'CORRECT' | 'COMPLETE' | 'CLEAN' | 'LIVE' | 'CONSISTENT' | 'CONNECTED' | 'SHARED'

/** One measure of a database, and what came of it. */
export type Measured = {
  database: string
  indicator: Indicator
  /** A value of the graph's QualityMethod. */
  method: string
  type: string | null
  field: string | null
  /** Tells apart what one field is measured by twice. */
  part: string
  /** What was run. */
  query: string
  /** 5 or 10 where people are counted, else 1. */
  base: number
  /** What `observed` should be: days, milliseconds, organisations. */
  target: number | null
  outcome: Outcome
}

/** Counts; or a number that is none, null where there was nothing to measure it on; or the code of what failed. */
export type Outcome = { checked: number; failed: number } | { observed: number | null } | { failure: string }
