import type { Random } from '../../../synthetic/types.ts'
import { readData } from '../read-data.ts'
import { rowsByPrefix } from './rows-by-prefix.ts'

export type Drug = { drug: string; strength: string; quantity: number; unit: string; directions: string; days: number }
export type LabValue = { test: string; value: string; unit: string; low: number; high: number }

export type Treatments = {
  reasonOf: (code: string) => string | null
  /** What is prescribed for a diagnosis; less than all that may be. */
  drugsFor: (code: string, random: Random) => readonly Drug[]
  labsFor: (code: string, random: Random) => readonly LabValue[]
}

/** Reads what usually goes with a diagnosis: reasons, drugs, tests. To look plausible; no guideline. */
export function createTreatments(): Treatments {
  const reasons = rowsByPrefix(
    readData('visit_reasons.csv').map((row) => ({ prefix: row.text('prefix'), reason: row.text('reason') })),
  )
  const drugs = rowsByPrefix(
    readData('drugs.csv').map((row) => {
      const days = row.number('days')
      return {
        prefix: row.text('prefix'),
        chance: row.number('chance'),
        drug: row.text('drug'),
        strength: row.text('strength'),
        // Sprays, drops and ointments come as one piece however long they last.
        quantity: Math.max(1, row.number('per_day') * days),
        unit: row.text('unit'),
        directions: row.text('directions'),
        days,
      }
    }),
  )
  const labs = rowsByPrefix(
    readData('lab_tests.csv').map((row) => ({
      prefix: row.text('prefix'),
      chance: row.number('chance'),
      test: row.text('test'),
      unit: row.text('unit'),
      low: row.number('reference_low'),
      high: row.number('reference_high'),
      from: row.number('from'),
      to: row.number('to'),
      decimals: row.number('decimals'),
    })),
  )
  return {
    reasonOf: (code) => reasons(code)[0]?.reason ?? null,
    drugsFor: (code, random) =>
      drugs(code)
        .filter(({ chance }) => random.chance(chance))
        .map(({ drug, strength, quantity, unit, directions, days }) => ({
          drug,
          strength,
          quantity,
          unit,
          directions,
          days,
        })),
    labsFor: (code, random) =>
      labs(code)
        .filter(({ chance }) => random.chance(chance))
        .map(({ test, unit, low, high, from, to, decimals }) => {
          const value = (from + random.next() * (to - from)).toFixed(decimals)
          return { test, unit, low, high, value }
        }),
  }
}
