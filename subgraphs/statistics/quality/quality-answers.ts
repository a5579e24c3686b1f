import { gradeOf, meanScore } from './score.ts'
import { measuredDatabases } from './measured-databases.ts'
import { measureFrom, type MeasureAnswer, type MeasureRow } from './measure-answer.ts'
import type { Indicator } from './measured.ts'

const indicators: readonly Indicator[] = ['CORRECT', 'COMPLETE', 'CLEAN', 'LIVE', 'CONSISTENT', 'CONNECTED', 'SHARED']

/** The quality of every measured database as the graph gives it, ranked: the best first, what was never measured last. */
export function qualityAnswers(rows: readonly MeasureRow[], now: Date) {
  const byDatabase = Map.groupBy(rows, ({ database }) => database)
  const all = measuredDatabases.map(({ name, vi, en, owner }) => {
    const measures = (byDatabase.get(name) ?? []).map((row) => measureFrom(row, now))
    const ofIndicators = indicators.map((indicator) => {
      const own = measures.filter((measure) => measure.indicator === indicator)
      return { indicator, ...summary(own), measures: own }
    })
    const score = meanScore(ofIndicators.map((one) => one.score))
    return {
      ...summary(measures),
      database: name,
      nameVi: vi,
      nameEn: en,
      agency: owner,
      score,
      grade: gradeOf(score, isWhole(measures)),
      indicators: ofIndicators,
      fields: fieldsOf(measures),
    }
  })
  const ranked = all.toSorted((one, other) => (other.score ?? -1) - (one.score ?? -1))
  return ranked.map((one) => ({
    ...one,
    rank: one.score === null ? null : 1 + all.filter(({ score }) => (score ?? -1) > (one.score ?? 0)).length,
  }))
}

function fieldsOf(measures: readonly MeasureAnswer[]) {
  const ofFields = measures.filter(({ type }) => type !== null)
  return [...Map.groupBy(ofFields, ({ type, field }) => `${type}.${field}`)].map(([, own]) => ({
    type: own[0]?.type ?? null,
    field: own[0]?.field ?? null,
    ...summary(own),
    measures: own,
  }))
}

const isWhole = (measures: readonly MeasureAnswer[]): boolean =>
  measures.every(({ status }) => status !== 'FAILED' && status !== 'STALE')

/** What several measures come to: their mean, and as old as the oldest. */
function summary(measures: readonly MeasureAnswer[]) {
  const score = meanScore(measures.map((measure) => measure.score))
  const times = measures.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]))
  return {
    score,
    grade: gradeOf(score, isWhole(measures)),
    status: !isWhole(measures)
      ? ('PARTIAL' as const)
      : score === null
        ? ('NOT_MEASURED' as const)
        : ('MEASURED' as const),
    asOf: times.toSorted()[0] ?? null,
    isStale: measures.some((measure) => measure.isStale),
  }
}
