export type QualityGrade = 'A' | 'B' | 'C' | 'D'

/**
 * Percent of what was checked that did not fail, from published counts alone, so that it tells no more than they do:
 * with fewer failures than the base, as if it were that many. Null where nothing was to be checked.
 */
export function scoreOfCounts(checked: number | null, failed: number | null, base: number): number | null {
  if (checked === null || checked === 0) return null
  const most = failed ?? Math.min(base, checked)
  return rounded(100 * (1 - Math.min(most, checked) / checked))
}

/** 100 up to the target; beyond it, as many times less as it is missed by. */
export function scoreOfAge(observed: number, target: number): number {
  return observed <= target ? 100 : rounded((100 * target) / observed)
}

/** 100 from the target on; below it, in proportion. */
export function scoreOfReach(observed: number, target: number): number {
  return rounded(Math.min(100, (100 * observed) / target))
}

/** The mean of scores; null where there is none. */
export function meanScore(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null)
  return known.length === 0 ? null : rounded(known.reduce((sum, score) => sum + score, 0) / known.length)
}

/** A from 98, B from 90, C from 75, D below; no better than C where part of it is stale or failed. */
export function gradeOf(score: number | null, isWhole: boolean): QualityGrade | null {
  if (score === null) return null
  const grade = score >= 98 ? 'A' : score >= 90 ? 'B' : score >= 75 ? 'C' : 'D'
  return !isWhole && grade < 'C' ? 'C' : grade
}

const rounded = (value: number): number => Math.round(value * 100) / 100
