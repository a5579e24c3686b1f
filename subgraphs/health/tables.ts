import type { Table } from '../kit/types.ts'

const patientsProvince = '(select p.province_code from person p where p.personal_id = t.personal_id)'
/** Rows of a visit speak of its patient, at its facility, on its day. */
const ofVisit = (expression: string) => `(select ${expression} from visit v where v.id = t.visit_id)`
/** The day in Viet Nam, UTC+7 all year. */
const dayOf = (instant: string) => `(${instant} at time zone interval '7 hours')::date`

/** Whom the health database knows; handled in the province of the primary facility, or of residence without a card. */
export const citizen: Table = {
  type: 'Citizen',
  from: 'person',
  key: 'personal_id',
  keyType: 'text',
  persons: { id: 't.personal_id' },
  place: { province: 't.province_code' },
  columns: {},
}

const ofPatient = { persons: { patient: 't.personal_id' }, place: { province: patientsProvince } }

export const healthRecord: Table = {
  type: 'HealthRecord',
  from: 'health_record',
  key: 'personal_id',
  keyType: 'text',
  ...ofPatient,
  columns: {
    patientId: 't.personal_id',
    chronicConditions: 't.chronic_conditions',
    bloodType: 't.blood_type',
    familyHistory: 't.family_history',
    hivStatus: 't.hiv_status',
    mentalHealth: 't.mental_health',
  },
}

/** The same rows, for those who have a disability. */
export const disability: Table = {
  ...healthRecord,
  type: 'Disability',
  columns: { form: 't.disability_form', degree: 't.disability_degree' },
}

export const allergy: Table = {
  type: 'Allergy',
  from: 'allergy',
  key: 'id',
  keyType: 'uuid',
  ...ofPatient,
  when: 't.noted_on',
  columns: { substance: 't.substance', reaction: 't.reaction', severity: 't.severity', notedOn: 't.noted_on' },
}

export const insuranceCard: Table = {
  type: 'InsuranceCard',
  from: 'insurance_card',
  key: 'id',
  keyType: 'uuid',
  ...ofPatient,
  columns: {
    cardNo: 't.card_no',
    objectCode: 't.object_code',
    benefitLevel: 't.benefit_level',
    validFrom: 't.valid_from',
    validTo: 't.valid_to',
    fiveYearDate: 't.five_year_date',
  },
}

export const visit: Table = {
  type: 'Visit',
  from: 'visit',
  key: 'id',
  keyType: 'uuid',
  persons: { patient: 't.personal_id' },
  place: { province: '(select f.province_code from facility f where f.code = t.facility_code)' },
  when: dayOf('t.admitted_at'),
  columns: {
    visitId: 't.visit_no',
    visitObject: 't.visit_object',
    admittedAt: 't.admitted_at',
    dischargedAt: 't.discharged_at',
    reason: 't.reason',
    mainDiagnosis: 't.main_diagnosis',
    secondaryDiagnoses: 't.secondary_diagnoses',
    totalCost: 't.total_cost',
    insurancePaid: 't.insurance_paid',
    patientPaid: 't.patient_paid',
  },
}

const rowOfVisit = {
  key: 'id',
  keyType: 'uuid',
  persons: { patient: ofVisit('v.personal_id') },
  place: { province: ofVisit('(select f.province_code from facility f where f.code = v.facility_code)') },
  when: ofVisit(dayOf('v.admitted_at')),
} as const

export const prescription: Table = {
  type: 'Prescription',
  from: 'prescription',
  ...rowOfVisit,
  columns: {
    drug: 't.drug',
    strength: 't.strength',
    quantity: 't.quantity',
    unit: 't.unit',
    directions: 't.directions',
    days: 't.days',
    prescribedOn: ofVisit(dayOf('coalesce(v.discharged_at, v.admitted_at)')),
  },
}

export const labResult: Table = {
  type: 'LabResult',
  from: 'lab_result',
  ...rowOfVisit,
  columns: {
    test: 't.test',
    value: 't.value::text',
    unit: 't.unit',
    referenceLow: 't.reference_low::text',
    referenceHigh: 't.reference_high::text',
    abnormal: 't.value not between t.reference_low and t.reference_high',
    takenOn: ofVisit(dayOf('v.admitted_at')),
  },
}

export const vaccination: Table = {
  type: 'Vaccination',
  from: 'vaccination',
  key: 'id',
  keyType: 'uuid',
  ...ofPatient,
  when: 't.given_at',
  columns: {
    vaccine: 't.vaccine',
    vaccineName: '(select v.name_vi from vaccine v where v.code = t.vaccine)',
    dose: 't.dose',
    givenAt: 't.given_at',
    lotNo: 't.lot_no',
    adverseEvent: 't.adverse_event',
  },
}

/** Open data: speaks of nobody. */
export const facility: Table = {
  type: 'Facility',
  from: 'facility',
  key: 'code',
  keyType: 'text',
  columns: {
    code: 't.code',
    name: 't.name',
    kind: 't.kind',
    level: 't.level',
    provinceCode: 't.province_code',
    communeCode: 't.commune_code',
    synthetic: 't.synthetic',
  },
}
