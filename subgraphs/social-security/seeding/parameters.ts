import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readData } from '../read-data.ts'

const dated = z.object({ from: z.iso.date(), to: z.iso.date().nullable(), value: z.number().int().positive() })
const file = z.object({
  baseSalaryVnd: z.array(dated),
  regionalMinWageVnd: z.array(z.object({ from: z.iso.date(), to: z.iso.date().nullable(), I: z.number().int() })),
  contributionRates: z.object({
    employee: z.record(z.string(), z.number()),
    employer: z.record(z.string(), z.number()),
  }),
  voluntarySi: z.object({ minIncomeVnd: z.number().int() }),
  pension: z.object({
    minYears: z.number(),
    maleFirstYears: z.number(),
    maleRateAt20: z.number(),
    femaleRateAt15: z.number(),
    stepPerYear: z.number(),
    maxRate: z.number(),
  }),
  socialPension: z.object({ amountVnd: z.array(dated), age: z.number().int(), ageIfPoorOrNearPoor: z.number().int() }),
  socialAssistanceBaseVnd: z.array(dated),
})

/** An amount (VND) that holds from a day to a day, both included; no end while it holds. */
export type Dated = { from: string; to: string | null; value: number }
export type Bound = { scheme: 'COMPULSORY' | 'VOLUNTARY'; from: string; to: string | null; floor: number; cap: number }
export type Rate = {
  id: string
  scheme: 'COMPULSORY' | 'VOLUNTARY'
  from: string
  to: string | null
  shares: readonly string[]
}

export type Parameters = {
  /** Base salary, which is also the reference level of Luật 41/2024/QH15 Điều 7. */
  baseSalaries: readonly Dated[]
  bounds: readonly Bound[]
  rates: readonly Rate[]
  /** Highest regional minimum wage; unemployment benefit is at most five times a region's. */
  minimumWages: readonly Dated[]
  pension: z.infer<typeof file>['pension']
  socialPension: z.infer<typeof file>['socialPension']
  assistanceBases: readonly Dated[]
}

/** Contributions rest on at most so many times the base salary (siSalaryBounds). */
const capFactor = 20
/** Voluntary incomes of at least minIncomeVnd: since the poverty line of 2022. */
const voluntaryFrom = '2022-01-01'

/** Law as data/ has it. Throws when a file breaks the shape above. */
export function readParameters(): Parameters {
  const read = file.parse(JSON.parse(readFileSync(new URL('../data/social_parameters.json', import.meta.url), 'utf8')))
  const earlier = readData('earlier_base_salaries.csv').map((row): Dated => ({
    from: row.text('from'),
    to: row.text('to'),
    value: row.number('value'),
  }))
  const baseSalaries = [...earlier, ...read.baseSalaryVnd]
  return {
    baseSalaries,
    bounds: [
      ...baseSalaries.map(({ from, to, value }): Bound => ({
        scheme: 'COMPULSORY',
        from,
        to,
        floor: value,
        cap: capFactor * value,
      })),
      ...baseSalaries
        .filter(({ to }) => to === null || to >= voluntaryFrom)
        .map(({ from, to, value }): Bound => ({
          scheme: 'VOLUNTARY',
          from: from < voluntaryFrom ? voluntaryFrom : from,
          to,
          floor: read.voluntarySi.minIncomeVnd,
          cap: capFactor * value,
        })),
    ],
    rates: readData('contribution_rates.csv').map((row): Rate => ({
      id: row.text('id'),
      scheme: row.text('scheme') === 'VOLUNTARY' ? 'VOLUNTARY' : 'COMPULSORY',
      from: row.text('from'),
      to: row.optional('to'),
      shares: ['pension', 'sickness_maternity', 'work_accident', 'unemployment'].map(row.text),
    })),
    minimumWages: read.regionalMinWageVnd.map(({ from, to, I }) => ({ from, to, value: I })),
    pension: read.pension,
    socialPension: read.socialPension,
    assistanceBases: read.socialAssistanceBaseVnd,
  }
}

/** The value that holds on a day; the first one before all, so that a history may begin earlier. */
export function valueOn(values: readonly Dated[], day: string): number {
  return (values.findLast(({ from }) => from <= day) ?? values[0])?.value ?? 0
}
