import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFromIso } from '../../../synthetic/calendar.ts'
import { lifeIn } from '../../../synthetic/life.ts'
import { createPopulation } from '../../../synthetic/population.ts'
import { loadReference } from '../../../synthetic/reference.ts'
import { careerOf } from './career.ts'
import { createEmployers } from './employers.ts'
import { isoFromMonth, monthFromDay } from './months.ts'
import { readParameters } from './parameters.ts'
import { paidTimes } from './salaries.ts'
import { multirangeFromBand } from './seed-reference.ts'

const parameters = readParameters()
const people = new Map([...loadReference().provinces].map(([code, { population }]) => [code, population]))

describe('careers', () => {
  it('have paid times one after the other, in working life, within the bounds and rates of their whole time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const population = createPopulation({ seed, size: 150 })
        const employers = createEmployers(seed, 150, people)
        const now = monthFromDay(dayFromIso(population.asOf)) - 1
        for (const person of population.persons()) {
          const life = lifeIn('social-security', person, population.asOf)
          const career = careerOf(life, employers, population.asOf, person.random('career'))
          const times = career?.jobs.flatMap((job) => paidTimes(job, parameters, now, person.random('salaries'))) ?? []
          let last = Math.max(monthFromDay(life.from) + 15 * 12, 0) - 1
          for (const { from, to, salary, job, rateId } of times) {
            expect(from).toBeGreaterThan(last)
            last = to ?? now
            expect(last).toBeGreaterThanOrEqual(from)
            expect(last).toBeLessThanOrEqual(monthFromDay(life.until))
            const rate = parameters.rates.find((one) => one.id === rateId)
            expect(rate?.scheme).toBe(job.scheme)
            for (let month = from; month <= last; month++) {
              const day = isoFromMonth(month)
              const bound = parameters.bounds.find(
                (one) => one.scheme === job.scheme && one.from <= day && (one.to === null || day <= one.to),
              )
              expect(salary).toBeGreaterThanOrEqual(bound?.floor ?? Infinity)
              expect(salary).toBeLessThanOrEqual(bound?.cap ?? 0)
              expect(rate !== undefined && rate.from <= day && (rate.to === null || day <= rate.to)).toBe(true)
            }
          }
        }
      }),
      { numRuns: 8 },
    )
  })
})

describe('parameters', () => {
  it('have the caps of 46.8 and 50.6 million and the bases of assistance', () => {
    const caps = parameters.bounds.filter((one) => one.scheme === 'COMPULSORY').map((one) => [one.from, one.cap])
    expect(caps.slice(-2)).toEqual([
      ['2024-07-01', 46_800_000],
      ['2026-07-01', 50_600_000],
    ])
    expect(parameters.assistanceBases.slice(-2).map((one) => [one.from, one.value])).toEqual([
      ['2024-07-01', 500_000],
      ['2026-07-01', 540_000],
    ])
  })

  it('leave no gap between one base salary and the next', () => {
    const { baseSalaries } = parameters
    for (const [index, { to }] of baseSalaries.slice(0, -1).entries())
      expect(dayFromIso(baseSalaries[index + 1]?.from ?? '') - dayFromIso(to ?? '')).toBe(1)
  })
})

it('writes age bands as ranges of completed years', () => {
  expect(['0-3', '80+', '0-15;60+', ''].map(multirangeFromBand)).toEqual([
    '{[0,3]}',
    '{[80,)}',
    '{[0,15],[60,)}',
    '{[0,)}',
  ])
})
