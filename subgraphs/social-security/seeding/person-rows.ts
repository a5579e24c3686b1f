import type { Life } from '../../../synthetic/life.ts'
import type { Person } from '../../../synthetic/types.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import { readData } from '../read-data.ts'
import { assistanceOf } from './assistance.ts'
import type { Assistance } from './assistance.ts'
import type { Employers } from './employers.ts'
import { createMemberships } from './members.ts'
import type { Parameters } from './parameters.ts'
import { protectionRows } from './protection.ts'

/** Tables of people with the columns that are loaded, parents before children. */
export const personTables = {
  person: ['personal_id', 'full_name', 'sex', 'born_on', 'died_on'],
  si_member: ['id', 'personal_id', 'si_no', 'status', 'scheme', 'book_months', 'total_months', 'province_code'],
  participation: [
    'id',
    'member_id',
    'scheme',
    'from_month',
    'to_month',
    'employer_id',
    'job_title',
    'salary_base',
    'rate_id',
    'arrears',
  ],
  benefit: [
    'id',
    'member_id',
    'type',
    'decision_no',
    'amount',
    'starts_on',
    'ends_on',
    'disability_rate',
    'payment_account',
  ],
  unemployment_case: ['id', 'member_id', 'employer_id', 'months_entitled', 'starts_on'],
  disability_cert: [
    'id',
    'personal_id',
    'certificate_no',
    'form',
    'degree',
    'issued_on',
    'province_code',
    'commune_code',
  ],
  beneficiary: [
    'id',
    'personal_id',
    'category',
    'coefficient',
    'base_from',
    'base_amount',
    'monthly_amount',
    'decision_no',
    'starts_on',
    'ends_on',
    'carer_id',
    'province_code',
    'commune_code',
  ],
  poverty_record: [
    'personal_id',
    'household_no',
    'year',
    'household_status',
    'score_b1',
    'score_b2',
    'province_code',
    'commune_code',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PersonRow = { table: keyof typeof personTables; row: readonly CopyValue[] }

export type PersonTools = {
  employers: Employers
  parameters: Parameters
  /** Share of a province's communes where living is specially hard, in percent. */
  disadvantagedPct: (province: string) => number
  asOf: string
}

/** Everything the social-security database holds of one person, as rows. `household` is everybody who lives with them. */
export function createPersonRows(
  tools: PersonTools,
): (life: Life, household: readonly Person[]) => readonly PersonRow[] {
  const { parameters, asOf } = tools
  const membershipOf = createMemberships(tools.employers, parameters, asOf)
  const coefficients = new Map(
    readData('social_assistance_categories.csv').map((row) => [row.text('code_project'), row.number('coefficient')]),
  )
  const coefficientOf = (category: string): number => coefficients.get(category) ?? 0

  return (life, household) => {
    const { person, identity } = life
    const [first = person] = household
    const isDisadvantaged = first.random('disadvantaged').chance(tools.disadvantagedPct(person.currentProvince) / 100)
    const assistanceWith = (hasPension: boolean): readonly Assistance[] =>
      assistanceOf(life, { household, hasPension, isDisadvantaged }, coefficientOf, parameters.assistanceBases, asOf)
    // What goes on now, not what ended with the social pension of 2025.
    const lasting = (hasPension: boolean): boolean =>
      assistanceWith(hasPension).some(({ category }) => category !== 'ELDERLY_80_NOPENSION')
    const membership = membershipOf(life, household, lasting)
    const hasPension = membership.career?.pensionFrom != null
    return [
      { table: 'person', row: [person.personalId, identity.fullName, identity.sex, identity.bornOn, identity.diedOn] },
      ...membership.rows,
      ...protectionRows(life, household, assistanceWith(hasPension)),
    ]
  }
}
