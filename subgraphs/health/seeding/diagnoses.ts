import type { Life } from '../../../synthetic/life.ts'
import type { Random, Sex } from '../../../synthetic/types.ts'
import { createWeightedTable } from '../../../synthetic/weighted-table.ts'
import type { WeightedTable } from '../../../synthetic/weighted-table.ts'
import { readData } from '../read-data.ts'
import { rowsByPrefix } from './rows-by-prefix.ts'

/** An ICD-10 code with what the database enforces (sex, ages) and its weight among visits. */
export type Diagnosis = {
  code: string
  name: string
  chapter: string
  sex: Sex | null
  minAge: number | null
  maxAge: number | null
  /** HIV, MENTAL, STI, REPRODUCTIVE */
  sensitivity: string | null
  weight: number
}

export type Diagnoses = {
  all: readonly Diagnosis[]
  byCode: (code: string) => Diagnosis
  /** Whether a code fits a person on a day, whichever of their disagreeing sources is right. */
  fits: (code: string, life: Life, day: number) => boolean
  /** A diagnosis of an acute illness that fits a person on a day. */
  acute: (life: Life, day: number, random: Random) => string
}

const sexes: Readonly<Record<string, Sex>> = { M: 'MALE', F: 'FEMALE' }
/** Fits everybody: an infection of the upper airways. */
const commonCold = 'J06.9'

/** Reads the code list, the limits of plausibility and which codes are chronic (never drawn as acute). */
export function createDiagnoses(): Diagnoses {
  const all = readData('icd10_common.csv').map((row): Diagnosis => {
    const [minAge = null, maxAge = null] = row.optional('age_limit_years')?.split('-').map(Number) ?? []
    return {
      code: row.text('code'),
      name: row.text('name_vi'),
      chapter: row.text('chapter'),
      sex: sexes[row.text('sex_limit')] ?? null,
      minAge,
      maxAge,
      sensitivity: row.optional('extra_sensitive'),
      weight: row.number('weight_suggested'),
    }
  })
  const codes = new Map(all.map((diagnosis) => [diagnosis.code, diagnosis]))
  const byCode = (code: string): Diagnosis => {
    const found = codes.get(code)
    if (found === undefined) throw new RangeError('not a code of the list')
    return found
  }
  const chronic = new Set(readData('chronic_conditions.csv').map((row) => row.text('code')))
  const limitsOf = rowsByPrefix(
    readData('clinical_limits.csv').map((row) => ({
      prefix: row.text('prefix'),
      sex: sexes[row.text('sex')] ?? null,
      minAge: row.optionalNumber('min_age') ?? 0,
      maxAge: row.optionalNumber('max_age') ?? 200,
      factor: row.number('factor'),
    })),
  )
  const acuteWeight = (one: Diagnosis, sex: Sex, age: number): number => {
    const [limit] = limitsOf(one.code)
    if (chronic.has(one.code) || one.sensitivity === 'HIV' || one.sensitivity === 'MENTAL') return 0
    if (limit === undefined) return one.weight
    const isOut = (limit.sex !== null && limit.sex !== sex) || age < limit.minAge || age > limit.maxAge
    return isOut ? 0 : one.weight * limit.factor
  }

  const tables = new Map<string, WeightedTable<Diagnosis>>()
  const tableOf = (sex: Sex, age: number): WeightedTable<Diagnosis> => {
    const key = `${sex} ${age}`
    const table = tables.get(key) ?? createWeightedTable(all, (one) => acuteWeight(one, sex, age))
    tables.set(key, table)
    return table
  }

  const fits = (code: string, life: Life, day: number): boolean => {
    const { sex, minAge, maxAge } = byCode(code)
    const { least, most } = life.ageOn(day)
    return (sex === null || life.sexes.every((one) => one === sex)) && least >= (minAge ?? 0) && most <= (maxAge ?? 200)
  }
  return {
    all,
    byCode,
    fits,
    acute: (life, day, random) => {
      const table = tableOf(life.person.sex, Math.max(0, life.ageOn(day).least))
      for (let attempt = 0; attempt < 8; attempt++) {
        const { code } = table.draw(random)
        if (fits(code, life, day)) return code
      }
      return commonCold
    },
  }
}
