import { expect, test } from 'vitest'
import { figures } from '../figures.ts'
import { figureFrom, targetAgeDays, type FigureParts } from './figure-from.ts'

const spec = figures.find(({ id }) => id === 'insured') ?? figures[0]!
const now = new Date('2026-11-22T00:00:00Z')
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString()
const figure = (changes: Partial<FigureParts> = {}) =>
  figureFrom({
    spec,
    category: null,
    unit: '01',
    month: '2026-11',
    release: { asOf: daysAgo(1), coverage: 99.5, isFinal: false },
    shown: { value: 120, cells: 4 },
    isLatest: true,
    now,
    ...changes,
  })

test('a published figure says what it is, how far rounding goes, and where it comes from', () => {
  expect(figure()).toMatchObject({
    value: 120,
    status: 'PUBLISHED',
    isRounded: true,
    isSuppressed: false,
    roundedTo: 5,
    roundingMargin: 10,
    coveragePercent: 99.5,
    sources: ['population', 'health'],
    grade: 'A',
    isStale: false,
  })
})

test('one rounded cell is off by less than its base', () => {
  expect(figure({ shown: { value: 120, cells: 1 } }).roundingMargin).toBe(4)
})

test('a suppressed figure has no value, and still says when it was counted', () => {
  expect(figure({ shown: undefined })).toMatchObject({
    value: null,
    status: 'SUPPRESSED',
    isSuppressed: true,
    isRounded: false,
    asOf: daysAgo(1),
  })
})

test('what was never counted is not made up', () => {
  expect(figure({ release: null, shown: undefined })).toMatchObject({
    value: null,
    status: 'NOT_COMPUTED',
    isSuppressed: false,
    asOf: null,
    grade: null,
    isStale: null,
  })
})

test('the newest figures are stale after their target age, and no better than C then; older months are not', () => {
  const old = { asOf: daysAgo(targetAgeDays + 1), coverage: 100, isFinal: false }
  expect(figure({ release: old })).toMatchObject({ value: 120, isStale: true, grade: 'C' })
  expect(figure({ release: old, isLatest: false })).toMatchObject({ isStale: false, grade: 'A' })
})

test.each([
  [100, 'A'],
  [97.9, 'B'],
  [89.9, 'C'],
])('a coverage of %f percent is grade %s', (coverage, grade) => {
  expect(figure({ release: { asOf: daysAgo(1), coverage, isFinal: false } }).grade).toBe(grade)
})

test('what is not held by commune says so there', () => {
  const benefits = figures.find(({ id }) => id === 'benefitsPaid')
  expect(figure({ ...(benefits ? { spec: benefits } : {}), unit: '00004', shown: undefined }).status).toBe(
    'NOT_AT_THIS_LEVEL',
  )
})
