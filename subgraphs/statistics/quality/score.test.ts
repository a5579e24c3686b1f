import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gradeOf, meanScore, scoreOfAge, scoreOfCounts, scoreOfReach } from './score.ts'

describe('a score', () => {
  test('of counts is the share that did not fail', () => {
    expect(scoreOfCounts(200, 10, 5)).toBe(95)
    expect(scoreOfCounts(40, 40, 1)).toBe(0)
  })

  test('of fewer failures than are told is the same whether there is none or nearly the base', () => {
    expect(scoreOfCounts(1000, null, 5)).toBe(99.5)
    expect(scoreOfCounts(1000, 0, 1)).toBe(100)
  })

  test('is none where nothing was to be checked', () => {
    expect([scoreOfCounts(null, null, 5), scoreOfCounts(0, 0, 1), meanScore([null, null])]).toEqual([null, null, null])
  })

  test('of an age falls with how far the target is missed', () => {
    expect([scoreOfAge(0, 7), scoreOfAge(7, 7), scoreOfAge(14, 7)]).toEqual([100, 100, 50])
  })

  test('lies between 0 and 100 whatever is measured', () => {
    const count = fc.integer({ min: 0, max: 1e9 })
    fc.assert(
      fc.property(count, count, fc.constantFrom(1, 5, 10), (checked, failed, base) => {
        for (const score of [
          scoreOfCounts(checked, failed, base),
          scoreOfAge(failed, base),
          scoreOfReach(failed, base),
        ])
          expect(score === null || (score >= 0 && score <= 100)).toBe(true)
      }),
    )
  })

  test('of several is their mean, without those that are not there', () => {
    expect(meanScore([100, null, 90])).toBe(95)
  })
})

test('a grade follows the score, and is no better than C where part is stale or failed', () => {
  expect([98, 97.99, 90, 75, 74].map((score) => gradeOf(score, true))).toEqual(['A', 'B', 'B', 'C', 'D'])
  expect([98, 75, 74].map((score) => gradeOf(score, false))).toEqual(['C', 'C', 'D'])
  expect(gradeOf(null, true)).toBeNull()
})
