import { isoFromDay } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import { readData } from '../read-data.ts'
import { createCosts } from './costs.ts'
import type { Diagnoses } from './diagnoses.ts'
import type { Facilities } from './facilities.ts'
import { createHealthRecords } from './health-record.ts'
import { insuranceCards } from './insurance-cards.ts'
import { citizensVisits } from './persona-visits.ts'
import { createTreatments } from './treatments.ts'
import { createVaccinations } from './vaccinations.ts'
import { planVisits } from './visit-plan.ts'
import { visitsFromPlan } from './visits.ts'
import type { Visit } from './visits.ts'

/** Tables of people with the columns that are loaded, parents before children. */
export const patientTables = {
  person: ['personal_id', 'full_name', 'sex', 'born_on', 'died_on', 'insurance_no', 'province_code'],
  health_record: [
    'personal_id',
    'chronic_conditions',
    'blood_type',
    'disability_form',
    'disability_degree',
    'family_history',
    'hiv_status',
    'mental_health',
  ],
  allergy: ['id', 'personal_id', 'substance', 'reaction', 'severity', 'noted_on'],
  insurance_card: [
    'id',
    'personal_id',
    'card_no',
    'object_code',
    'benefit_level',
    'valid_from',
    'valid_to',
    'five_year_date',
    'facility_code',
  ],
  vaccination: ['id', 'personal_id', 'vaccine', 'dose', 'given_at', 'lot_no', 'adverse_event'],
  visit: [
    'id',
    'personal_id',
    'visit_no',
    'facility_code',
    'visit_object',
    'admitted_at',
    'discharged_at',
    'reason',
    'main_diagnosis',
    'secondary_diagnoses',
    'total_cost',
    'insurance_paid',
    'patient_paid',
  ],
  prescription: ['id', 'visit_id', 'drug', 'strength', 'quantity', 'unit', 'directions', 'days'],
  lab_result: ['id', 'visit_id', 'test', 'value', 'unit', 'reference_low', 'reference_high'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PatientRow = { table: keyof typeof patientTables; row: readonly CopyValue[] }

/** Everything the health database holds of one person, as rows. `household` is everybody who lives with them. */
export function createPatients(
  diagnoses: Diagnoses,
  facilities: Facilities,
  asOf: string,
): (life: Life, household: readonly Person[]) => readonly PatientRow[] {
  const recordOf = createHealthRecords(diagnoses)
  const vaccinationsOf = createVaccinations()
  const tools = { facilities, treatments: createTreatments(), costsOf: createCosts() }
  const levels = new Map(
    readData('bhyt_object_codes.csv').map((row) => [row.text('code'), row.number('benefit_level_digit')]),
  )
  const levelOf = (group: string): number => levels.get(group) ?? 4

  return (life, household) => {
    const { person, identity } = life
    const id = person.personalId
    const keys = person.random('health/keys')
    const primary = facilities.primaryOf(person, person.random('health/facility'))
    const facts = recordOf(life, asOf, person.random('health/record'))
    const cards = insuranceCards(life, primary, levelOf, asOf, person.random('health/cards'))
    const shots = vaccinationsOf(life, household, person.random('health/vaccinations'))
    const plan =
      person.persona === 'citizen'
        ? citizensVisits
        : planVisits(life, facts, household, diagnoses, asOf, person.random('health/plan'))
    const lots = person.random('health/visits')
    // The citizen's visits come with everything that may be prescribed and tested.
    const visits = visitsFromPlan(
      tools,
      life,
      plan,
      cards,
      primary,
      person.persona === 'citizen' ? { ...lots, chance: () => true } : lots,
    )
    const province = cards.length > 0 ? primary.province : person.currentProvince
    const { form = null, degree = null } = person.disability ?? {}

    return [
      {
        table: 'person',
        row: [
          id,
          identity.fullName,
          identity.sex,
          identity.bornOn,
          identity.diedOn,
          person.socialInsuranceNo,
          province,
        ],
      },
      {
        table: 'health_record',
        row: [id, facts.chronic, facts.bloodType, form, degree, facts.familyHistory, facts.hivStatus, facts.mental],
      },
      ...facts.allergies.map(({ substance, reaction, severity, notedOn }): PatientRow => ({
        table: 'allergy',
        row: [uuidFromRandom(keys), id, substance, reaction, severity, notedOn],
      })),
      ...cards.map((card): PatientRow => {
        const validTo = card.validTo === null ? null : isoFromDay(card.validTo)
        const validity = [isoFromDay(card.validFrom), validTo, card.fiveYearDate]
        return {
          table: 'insurance_card',
          row: [
            uuidFromRandom(keys),
            id,
            card.cardNo,
            card.objectCode,
            card.benefitLevel,
            ...validity,
            card.facility.code,
          ],
        }
      }),
      ...shots.map((shot): PatientRow => ({
        table: 'vaccination',
        row: [uuidFromRandom(keys), id, shot.vaccine, shot.dose, isoFromDay(shot.day), shot.lotNo, shot.adverseEvent],
      })),
      ...visits.flatMap((visit) => rowsOfVisit(uuidFromRandom(keys), id, visit, () => uuidFromRandom(keys))),
    ]
  }
}

function rowsOfVisit(id: string, personalId: string, visit: Visit, newKey: () => string): PatientRow[] {
  const { total, insurance, patient } = visit.costs
  const times = [visit.admittedAt, visit.dischargedAt]
  const diagnoses = [visit.mainDiagnosis, visit.secondaryDiagnoses]
  return [
    {
      table: 'visit',
      row: [
        id,
        personalId,
        visit.visitNo,
        visit.facility.code,
        visit.visitObject,
        ...times,
        visit.reason,
        ...diagnoses,
        total,
        insurance,
        patient,
      ],
    },
    ...visit.drugs.map(({ drug, strength, quantity, unit, directions, days }): PatientRow => ({
      table: 'prescription',
      row: [newKey(), id, drug, strength, quantity, unit, directions, days],
    })),
    ...visit.labs.map(({ test, value, unit, low, high }): PatientRow => ({
      table: 'lab_result',
      row: [newKey(), id, test, value, unit, low, high],
    })),
  ]
}
