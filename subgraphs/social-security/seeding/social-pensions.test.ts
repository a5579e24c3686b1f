import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isoFromDay } from '../../../synthetic/calendar.ts'
import { lifeIn } from '../../../synthetic/life.ts'
import { createPopulation } from '../../../synthetic/population.ts'
import { readParameters } from './parameters.ts'
import { socialPensions } from './social-pensions.ts'

const parameters = readParameters()
const [someone] = createPopulation({ seed: 1, size: 100 }).persons()

it('begins after the birthday, also of those born at the end of a month', () => {
  const born = fc.integer({ min: -12_000, max: -4_000 }).map(isoFromDay)
  fc.assert(
    fc.property(born, fc.constantFrom('NONE', 'POOR'), (bornOn, poverty) => {
      if (someone === undefined) throw new Error('nobody')
      const person = { ...someone, bornOn, poverty, planted: null, diedOn: null, missingSince: null } as const
      const age = poverty === 'NONE' ? 75 : 70
      const birthday = `${Number(bornOn.slice(0, 4)) + age}${bornOn.slice(4)}`
      for (const { from } of socialPensions(lifeIn('social-security', person, '2026-11-01'), parameters))
        expect(isoFromDay(from) > birthday).toBe(true)
    }),
    { examples: [['1956-03-31', 'POOR']] },
  )
})
