import { isoFromDay } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import { entitlementsOf } from './benefits.ts'
import type { BenefitDraft } from './benefits.ts'
import { careerOf, monthsOf } from './career.ts'
import type { Career } from './career.ts'
import type { Employers } from './employers.ts'
import { isoFromMonth, monthFromIso } from './months.ts'
import type { Parameters } from './parameters.ts'
import { paidTimes } from './salaries.ts'
import type { Paid } from './salaries.ts'
import { socialPensions } from './social-pensions.ts'

/** What a person's membership is made of; null for those who never had to do with social insurance. */
export type Membership = {
  career: Career | null
  times: readonly Paid[]
  rows: readonly { table: 'si_member' | 'participation' | 'benefit' | 'unemployment_case'; row: readonly CopyValue[] }[]
}

export type MembershipOf = (
  life: Life,
  household: readonly Person[],
  hasAssistance: (hasPension: boolean) => boolean,
) => Membership

/** Builds memberships; `hasAssistance` says whether social assistance stands in the way of a social pension. */
export function createMemberships(employers: Employers, parameters: Parameters, asOf: string): MembershipOf {
  const now = monthFromIso(asOf) - 1
  return (life, household, hasAssistance) => {
    const { person } = life
    const career = careerOf(life, employers, asOf, person.random('si/career'))
    const salaries = person.random('si/salaries')
    const times = career?.jobs.flatMap((job) => paidTimes(job, parameters, now, salaries)) ?? []
    const { benefits, unemployment } =
      career === null
        ? { benefits: [], unemployment: [] }
        : entitlementsOf(life, household, career, times, parameters, asOf, person.random('si/benefits'))
    const hasPension = benefits.some(({ type }) => type === 'PENSION')
    const social = hasPension || hasAssistance(hasPension) ? [] : socialPensions(life, parameters)
    if (career === null && social.length === 0) return { career, times, rows: [] }

    const keys = person.random('si/keys')
    const id = uuidFromRandom(keys)
    const total = career === null ? 0 : monthsOf(career, now)
    const latest = times.at(-1)?.job
    return {
      career,
      times,
      rows: [
        {
          table: 'si_member',
          row: [
            id,
            person.personalId,
            person.socialInsuranceNo,
            statusOf(life, career, times, social.length > 0),
            latest?.scheme ?? null,
            career?.bookMonths ?? 0,
            total,
            latest?.employer?.province ?? person.currentProvince,
          ],
        },
        ...times.map((time) => ({ table: 'participation' as const, row: participationRow(id, time) })),
        ...[...benefits, ...social].map((benefit) => ({
          table: 'benefit' as const,
          row: benefitRow(id, benefit, keys),
        })),
        ...unemployment.map(({ employer, months, from }) => ({
          table: 'unemployment_case' as const,
          row: [uuidFromRandom(keys), id, employer.id, months, isoFromDay(from)],
        })),
      ],
    }
  }
}

function statusOf(life: Life, career: Career | null, times: readonly Paid[], isSocialPensioner: boolean): string {
  if (life.identity.diedOn !== null) return 'DECEASED'
  if (career === null || (isSocialPensioner && times.length === 0)) return 'SOCIAL_PENSIONER'
  if (career.pensionFrom !== null) return 'PENSIONER'
  if (career.withdrawnIn !== null) return 'WITHDRAWN'
  return times.at(-1)?.to === null ? 'ACTIVE' : 'RESERVED'
}

function participationRow(memberId: string, { job, from, to, salary, rateId }: Paid): CopyValue[] {
  const start = isoFromMonth(from)
  const arrears = to === null && (job.employer?.arrears ?? false)
  return [
    `${memberId}/${start.slice(0, 7)}`,
    memberId,
    job.scheme,
    start,
    to === null ? null : isoFromMonth(to),
    job.employer?.id ?? null,
    job.title,
    salary,
    rateId,
    arrears,
  ]
}

function benefitRow(
  memberId: string,
  { type, amount, from, to, disabilityRate }: BenefitDraft,
  keys: Random,
): CopyValue[] {
  const id = uuidFromRandom(keys)
  const decisionNo = `${keys.int(1000, 9_999_999)}/QĐ-BHXH`
  // Invented: no bank's numbers begin with 9999.
  const account = `9999${String(keys.int(0, 999_999_999)).padStart(9, '0')}`
  return [
    id,
    memberId,
    type,
    decisionNo,
    amount,
    isoFromDay(from),
    to === null ? null : isoFromDay(to),
    disabilityRate ?? null,
    account,
  ]
}
