import { isLivingWithHiv } from '../../../synthetic/life-events.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Random } from '../../../synthetic/types.ts'
import { isoFromDay } from '../../../synthetic/calendar.ts'
import { readData } from '../read-data.ts'
import type { Diagnoses } from './diagnoses.ts'

export type AllergyNote = { substance: string; reaction: string; severity: string; notedOn: string }

export type HealthFacts = {
  chronic: readonly string[]
  mental: readonly string[]
  hivStatus: 'POSITIVE' | 'NEGATIVE' | null
  bloodType: string | null
  familyHistory: string | null
  allergies: readonly AllergyNote[]
}

export type HealthRecordOf = (life: Life, asOf: string, random: Random) => HealthFacts

/** Mental conditions that go with a disability of that form. */
const mentalOfForm: Readonly<Record<string, readonly string[]>> = {
  MENTAL: ['F20.9', 'F31.9'],
  INTELLECTUAL: ['F79', 'F70'],
}
const mentalCommon: readonly string[] = ['F32.0', 'F32.9', 'F41.1', 'F41.2', 'F41.9', 'F51.0']
const severities = ['MILD', 'MILD', 'MODERATE', 'SEVERE'] as const

/** What a person's health record says of lasting conditions, by age, sex and disability. */
export function createHealthRecords(diagnoses: Diagnoses): HealthRecordOf {
  const shares = readData('chronic_conditions.csv').map((row) => ({
    code: row.text('code'),
    sex: row.optional('sex') === null ? null : row.text('sex') === 'M' ? 'MALE' : 'FEMALE',
    fromAge: row.number('from_age'),
    share: row.number('share_pct') / 100,
  }))
  const byCode = [...Map.groupBy(shares, (one) => one.code)]
  const allergens = readData('allergens.csv').map((row) => ({
    substance: row.text('substance'),
    reaction: row.text('reaction'),
    weight: row.number('weight'),
  }))
  const histories = readData('family_histories.csv').map((row) => ({
    history: row.text('history'),
    weight: row.number('weight'),
  }))

  const chronicOf = (life: Life, random: Random): string[] => {
    const { least } = life.ageOn(life.until)
    return byCode.flatMap(([code, steps]) => {
      const lot = random.next()
      const reached = steps.filter((one) => least >= one.fromAge && (one.sex === null || one.sex === life.person.sex))
      const share = reached.at(-1)?.share ?? 0
      return lot < share && diagnoses.fits(code, life, life.until) ? [code] : []
    })
  }
  const mentalOf = (life: Life, random: Random): string[] => {
    const common = random.chance(0.015) && life.ageOn(life.until).least >= 16 ? [random.pick(mentalCommon)] : []
    const form = life.person.disability?.form
    return form !== undefined && mentalOfForm[form] !== undefined ? [random.pick(mentalOfForm[form])] : common
  }

  return (life, asOf, random) => {
    const { person } = life
    if (person.persona === 'citizen') return citizensRecord(person.bloodType)
    const chronic = chronicOf(life, random)
    const mental = mentalOf(life, random)
    const tested = random.chance(0.08) && life.ageOn(life.until).least >= 16
    const hasAllergy = random.chance(0.06)
    const allergen = random.weighted(allergens, (one) => one.weight)
    const noted = Math.max(life.from, life.until - random.int(30, 2500))
    return {
      chronic,
      mental,
      hivStatus: isLivingWithHiv(person, asOf) ? 'POSITIVE' : tested ? 'NEGATIVE' : null,
      bloodType: random.chance(0.7) ? person.bloodType : null,
      familyHistory: random.chance(0.12) ? random.weighted(histories, (one) => one.weight).history : null,
      allergies:
        hasAllergy && life.from <= life.until
          ? [
              {
                substance: allergen.substance,
                reaction: allergen.reaction,
                severity: random.pick(severities),
                notedOn: isoFromDay(noted),
              },
            ]
          : [],
    }
  }
}

/** The citizen of the personas has the same record in every population. */
function citizensRecord(bloodType: string): HealthFacts {
  return {
    chronic: ['I10', 'E78.5'],
    mental: [],
    hivStatus: 'NEGATIVE',
    bloodType,
    familyHistory: 'Bố mắc tăng huyết áp',
    allergies: [{ substance: 'Penicillin', reaction: 'Nổi mề đay', severity: 'MODERATE', notedOn: '2009-06-15' }],
  }
}
