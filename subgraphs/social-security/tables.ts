import type { Table } from '../kit/types.ts'

/** Rows of a member speak of that person; the office that keeps the membership handles them. */
const ofMember = {
  persons: { member: '(select m.personal_id from si_member m where m.id = t.member_id)' },
  place: { province: '(select m.province_code from si_member m where m.id = t.member_id)' },
}
const ofEmployer = (column: string) => `(select e.${column} from employer e where e.id = t.employer_id)`
/** Social protection is handled where people live. */
const atHome = { province: 't.province_code', commune: 't.commune_code' }

/** A place is not theirs but each row's: insurance is handled by the employer's province, protection where they live. */
export const citizen: Table = {
  type: 'Citizen',
  from: 'person',
  key: 'personal_id',
  keyType: 'text',
  persons: { id: 't.personal_id' },
  columns: {},
}

export const siMember: Table = {
  type: 'SiMember',
  from: 'si_member',
  key: 'id',
  keyType: 'uuid',
  persons: { member: 't.personal_id' },
  place: { province: 't.province_code' },
  columns: {
    siNo: 't.si_no',
    personalId: 't.personal_id',
    status: 't.status',
    scheme: 't.scheme',
    totalMonths: 't.total_months',
  },
}

export const participation: Table = {
  type: 'Participation',
  from: 'participation',
  key: 'id',
  keyType: 'text',
  ...ofMember,
  when: 't.from_month',
  columns: {
    from: `to_char(t.from_month, 'YYYY-MM')`,
    to: `to_char(t.to_month, 'YYYY-MM')`,
    jobTitle: 't.job_title',
    salaryBase: 't.salary_base',
    arrears: 't.arrears',
  },
}

/**
 * The employer in a person's own row: whom somebody works for is theirs to read. Also seen from unemployment cases, whose
 * column has the same name.
 */
export const employer: Table = {
  ...participation,
  type: 'Employer',
  columns: {
    unitCode: ofEmployer('unit_code'),
    taxCode: ofEmployer('tax_code'),
    name: ofEmployer('name'),
    provinceCode: ofEmployer('province_code'),
  },
}

/** Law, not people: what a period was paid at. */
export const contributionRates: Table = {
  type: 'ContributionRates',
  from: 'contribution_rate',
  key: 'id',
  keyType: 'text',
  columns: {
    scheme: 't.scheme',
    validFrom: 't.valid_from',
    validTo: 't.valid_to',
    pension: 't.pension::text',
    sicknessMaternity: 't.sickness_maternity::text',
    workAccident: 't.work_accident::text',
    unemployment: 't.unemployment::text',
  },
}

export const benefit: Table = {
  type: 'Benefit',
  from: 'benefit',
  key: 'id',
  keyType: 'uuid',
  ...ofMember,
  when: 't.starts_on',
  columns: {
    type: 't.type',
    decisionNo: 't.decision_no',
    amount: 't.amount',
    disabilityRate: 't.disability_rate::float8',
    paymentAccount: 't.payment_account',
  },
}

/** The period of a benefit, in the benefit's own row. */
export const benefitPeriod: Table = {
  ...benefit,
  type: 'BenefitPeriod',
  columns: { from: 't.starts_on', to: 't.ends_on' },
}

export const unemploymentCase: Table = {
  type: 'UnemploymentCase',
  from: 'unemployment_case',
  key: 'id',
  keyType: 'uuid',
  ...ofMember,
  when: 't.starts_on',
  columns: { monthsEntitled: 't.months_entitled', startsOn: 't.starts_on' },
}

/** The same in an unemployment case's row. */
export const lastEmployer: Table = { ...unemploymentCase, type: 'Employer', columns: employer.columns }

export const beneficiary: Table = {
  type: 'Beneficiary',
  from: 'beneficiary',
  key: 'id',
  keyType: 'uuid',
  persons: { recipient: 't.personal_id' },
  place: atHome,
  when: 't.starts_on',
  columns: {
    personalId: 't.personal_id',
    category: 't.category',
    coefficient: 't.coefficient::float8',
    monthlyAmount: 't.monthly_amount',
    decisionNo: 't.decision_no',
    startsOn: 't.starts_on',
    endsOn: 't.ends_on',
  },
}

/** The care in a recipient's row: it speaks of both people, so both are judged. */
export const carer: Table = {
  ...beneficiary,
  type: 'Carer',
  persons: { recipient: 't.personal_id', person: 't.carer_id' },
  columns: {},
}

export const povertyRecord: Table = {
  type: 'PovertyRecord',
  from: 'poverty_record',
  key: 'personal_id',
  keyType: 'text',
  persons: { member: 't.personal_id' },
  place: atHome,
  when: 'make_date(t.year, 1, 1)',
  columns: { year: 't.year', householdStatus: 't.household_status' },
}

/** The scores of a review, in the review's own row. */
export const povertyScores: Table = {
  ...povertyRecord,
  type: 'PovertyScores',
  columns: { b1: 't.score_b1::float8', b2: 't.score_b2::float8' },
}

export const disabilityCert: Table = {
  type: 'DisabilityCert',
  from: 'disability_cert',
  key: 'id',
  keyType: 'uuid',
  persons: { holder: 't.personal_id' },
  place: atHome,
  when: 't.issued_on',
  columns: { certificateNo: 't.certificate_no', issuedOn: 't.issued_on' },
}

/** What a certificate says, in its own row. */
export const disabilityAssessment: Table = {
  ...disabilityCert,
  type: 'DisabilityAssessment',
  columns: { form: 't.form', degree: 't.degree' },
}
