import type { Occupation, Place, Reference } from './reference.ts'
import type { Person, Random, Sex } from './types.ts'
import { createWeightedTable } from './weighted-table.ts'
import type { WeightedTable } from './weighted-table.ts'

export type Livelihood = { occupation: string | null; employed: boolean; insuranceGroup: string }

export type LivelihoodOf = (
  random: Random,
  person: {
    sex: Sex
    age: number
    place: Place
    ethnicity: string
    single: boolean
    poverty: Person['poverty']
    disability: Person['disability']
  },
) => Livelihood

/**
 * Occupation, employment under a contract and health insurance group that fit age, sex, place and living standard. The
 * groups of the armed forces, police and cipher service and of their families (QN, CA, CY, TQ, TA, TY) never occur.
 */
export function createLivelihood(reference: Reference): LivelihoodOf {
  const tables = new Map<string, WeightedTable<Occupation>>()
  const occupationsOf = (area: string, sex: Sex, age: number): WeightedTable<Occupation> => {
    const key = `${area} ${sex} ${age}`
    let table = tables.get(key)
    if (table === undefined) {
      const open = reference.occupations.filter((one) => one.minAge <= age && age <= one.maxAge)
      table = createWeightedTable(open, (one) => one.weights[`${area} ${sex}`] ?? 0)
      tables.set(key, table)
    }
    return table
  }

  return (random, person) => {
    const { age, place } = person
    const area = place.urban ? 'urban' : 'rural'
    const disabled = person.disability !== null && person.disability.degree !== 'MILD'
    const work = (): Livelihood => {
      const job = occupationsOf(area, person.sex, Math.min(age, 80)).draw(random)
      const employed = job.kind === 'EMPLOYEE' && random.chance(0.9)
      return {
        occupation: job.name,
        employed,
        insuranceGroup: employed ? job.group : groupWithoutJob(random, reference, person, job.name),
      }
    }
    const idle = (occupation: string | null): Livelihood => ({
      occupation,
      employed: false,
      insuranceGroup: groupWithoutJob(random, reference, person, occupation),
    })

    if (age < 6) return idle(null)
    if (age < 18) return idle(age < 16 || random.chance(0.85) ? 'Học sinh' : null)
    if (disabled && random.chance(0.75)) return idle(null)
    if (age < 23 && person.single && random.chance(place.urban ? 0.55 : 0.32)) return idle('Sinh viên')
    // Retirement in 2026 comes at about 61 and a half for men and 57 for women.
    if (age >= (person.sex === 'MALE' ? 62 : 57)) {
      if (random.chance(place.urban ? 0.45 : 0.17)) {
        return { occupation: 'Hưu trí', employed: false, insuranceGroup: 'HT' }
      }
      const job = random.chance(Math.max(0.03, (82 - age) / 30)) ? work() : idle(null)
      return job.employed ? idle(job.occupation) : job
    }
    return random.chance(0.94) ? work() : idle(null)
  }
}

/** Group of somebody who isn't insured by work or pension, in the order of the payer groups as far as modelled. */
function groupWithoutJob(
  random: Random,
  reference: Reference,
  person: Parameters<LivelihoodOf>[1],
  occupation: string | null,
): string {
  const { age, place } = person
  const disadvantaged =
    !place.urban && random.chance((reference.provinces.get(place.province)?.disadvantagedPct ?? 0) / 100)
  if (age < 6) return 'TE'
  if (person.disability !== null && person.disability.degree !== 'MILD') return 'BT'
  if (age >= 65 && random.chance(0.05)) return random.pick(['CC', 'CK', 'CB', 'KC', 'TS'])
  if (age >= 75) return 'BT'
  if (person.poverty === 'POOR') return 'HN'
  if (disadvantaged) return person.ethnicity === '01' ? 'DK' : 'DT'
  if (place.island) return 'XD'
  if (person.poverty === 'NEAR_POOR') return 'CN'
  if (occupation === 'Học sinh') return 'HS'
  if (occupation === 'Sinh viên') return 'SV'
  if (!place.urban && occupation === 'Trồng trọt' && random.chance(0.2)) return 'GB'
  return 'GD'
}

const forms = ['MOTOR', 'HEARING_SPEECH', 'VISION', 'MENTAL', 'INTELLECTUAL', 'OTHER'] as const

/** Form and degree of disability; rarer among the young. */
export function drawDisability(random: Random, age: number): Person['disability'] {
  if (!random.chance(age < 16 ? 0.012 : age < 60 ? 0.018 : 0.055)) return null
  return {
    form: random.weighted(forms, (form) => (form === 'MOTOR' ? 5 : 1.3)),
    degree: random.weighted(
      ['SPECIAL', 'SEVERE', 'MILD'] as const,
      (degree) => ({ SPECIAL: 2, SEVERE: 5, MILD: 4 })[degree],
    ),
  }
}

const bloodTypes = createWeightedTable(
  ['O_POS', 'A_POS', 'B_POS', 'AB_POS', 'O_NEG', 'A_NEG', 'B_NEG', 'AB_NEG'],
  (type) => ({ O_POS: 450, A_POS: 212, B_POS: 302, AB_POS: 35 })[type] ?? 0.3,
)

/** A blood group, in the shares usual in Viet Nam. */
export function drawBloodType(random: Random): string {
  return bloodTypes.draw(random)
}
