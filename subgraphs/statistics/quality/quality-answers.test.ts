import { describe, expect, test } from 'vitest'
import { qualityAnswers } from './quality-answers.ts'
import type { MeasureRow } from './measure-answer.ts'

const now = new Date('2026-11-15T05:00:00Z')
const row = (changed: Partial<MeasureRow>): MeasureRow => ({
  database: 'land',
  indicator: 'COMPLETE',
  method: 'FILLED',
  type: 'Parcel',
  field: 'planning',
  part: '',
  query: 'select 1',
  base: 1,
  observed: null,
  target: null,
  checked: 100,
  failed: 0,
  score: '100.00',
  as_of: '2026-11-15T04:00:00.000Z',
  attempted_at: '2026-11-15T04:00:00.000Z',
  failure: null,
  ...changed,
})
const of = (database: string, rows: readonly MeasureRow[]) =>
  qualityAnswers(rows, now).find((one) => one.database === database)

describe('the quality of databases', () => {
  test('ranks them by score, alike where they are alike, and last without a rank what was never measured', () => {
    const rows = [
      row({ score: 90 }),
      row({ database: 'health', score: 95 }),
      row({ database: 'population', score: 95 }),
    ]
    expect(qualityAnswers(rows, now).map(({ database, rank, score }) => [database, rank, score])).toEqual([
      ['population', 1, 95],
      ['health', 1, 95],
      ['land', 3, 90],
      ['social-security', null, null],
      ['catalogue', null, null],
    ])
  })

  test('counts each indicator once, however many measures it has', () => {
    const rows = [row({ score: 100 }), row({ score: 80 }), row({ indicator: 'CLEAN', method: 'UNIQUE', score: 50 })]
    expect(of('land', rows)).toMatchObject({ score: 70, grade: 'D', status: 'MEASURED' })
  })

  test('says that a measure failed, keeps its score, and gives no grade above C for it', () => {
    const land = of('land', [row({ failure: '42703' }), row({ indicator: 'CLEAN' })])
    expect(land).toMatchObject({ score: 100, grade: 'C', status: 'PARTIAL' })
    expect(land?.fields[0]?.measures[0]).toMatchObject({ status: 'FAILED', failure: '42703', score: 100, grade: 'C' })
    expect(land?.indicators.find(({ indicator }) => indicator === 'CLEAN')).toMatchObject({
      grade: 'A',
      status: 'MEASURED',
    })
  })

  test('says what is stale, and is as old as its oldest part', () => {
    const old = '2026-11-12T04:00:00.000Z'
    const land = of('land', [row({ as_of: old }), row({ field: 'rights' })])
    expect(land).toMatchObject({ isStale: true, status: 'PARTIAL', asOf: old, grade: 'C' })
    expect(land?.fields.map(({ field, isStale }) => [field, isStale])).toEqual([
      ['planning', true],
      ['rights', false],
    ])
  })

  test('tells what is suppressed from what was not measured', () => {
    const few = row({ base: 5, checked: null, failed: null, score: null })
    const none = row({ field: 'rights', method: 'LAST_EVENT', target: 31, checked: null, failed: null, score: null })
    const never = row({ field: 'landPrice', as_of: null, score: null, failure: '57014' })
    const status = of('land', [few, none, never])?.fields.map(({ measures }) => measures[0]?.status)
    expect(status).toEqual(['SUPPRESSED', 'NOT_MEASURED', 'FAILED'])
  })
})
