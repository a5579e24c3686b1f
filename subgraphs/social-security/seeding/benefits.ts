import { dateFromDay, dayFromDate, isoFromDay } from '../../../synthetic/calendar.ts'
import { birthsOf, sickLeaveOf } from '../../../synthetic/life-events.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import { monthsOf } from './career.ts'
import type { Career } from './career.ts'
import type { Employer } from './employers.ts'
import { dayFromMonth, isoFromMonth, monthFromDay } from './months.ts'
import type { Parameters } from './parameters.ts'
import { valueOn } from './parameters.ts'
import { meanSalary } from './salaries.ts'
import type { Paid } from './salaries.ts'

export type BenefitDraft = {
  type: string
  /** A month, or once where it is paid once. VND. */
  amount: number
  from: number
  to: number | null
  disabilityRate?: number
}

export type UnemploymentDraft = { employer: Employer; months: number; from: number }

export type Entitlements = { benefits: readonly BenefitDraft[]; unemployment: readonly UnemploymentDraft[] }

/** What of a person's contributions came back to them, inside their life. */
export function entitlementsOf(
  life: Life,
  household: readonly Person[],
  career: Career,
  times: readonly Paid[],
  parameters: Parameters,
  asOf: string,
  random: Random,
): Entitlements {
  const unemployment = unemploymentOf(career, life, random)
  const benefits = [
    ...sickness(life, times, asOf),
    ...births(life, household, times, parameters, random),
    ...unemployment.map(({ months, from }) => unemploymentBenefit(months, from, times, parameters)),
    ...workAccident(life, times, parameters, random),
    ...pension(life, career, times, parameters),
    ...withdrawal(career, times),
  ]
  const inLife = (from: number, to: number | null): boolean =>
    from >= life.from && from <= life.until && (life.isOpen || (to !== null && to <= life.until))
  return {
    benefits: benefits.filter(({ from, to, amount }) => amount > 0 && inLife(from, to)),
    unemployment: unemployment.filter(({ from }) => inLife(from, from)),
  }
}

function sickness(life: Life, times: readonly Paid[], asOf: string): BenefitDraft[] {
  const leave = sickLeaveOf(life.person, asOf)
  if (leave === null || !isPaidOn(times, leave.from)) return []
  const salary = meanSalary(times, monthFromDay(leave.from), 1)
  return [
    {
      type: 'SICKNESS',
      amount: Math.round((salary * 0.75 * leave.leaveDays) / 24),
      from: leave.from,
      to: leave.from + leave.leaveDays - 1,
    },
  ]
}

/** For children who live with them: six months for the mother, five to fourteen days for the father (Điều 50-60). */
function births(
  life: Life,
  household: readonly Person[],
  times: readonly Paid[],
  parameters: Parameters,
  random: Random,
): BenefitDraft[] {
  if (life.sexes.length > 1) return []
  return birthsOf(life.person, household).flatMap((birth): BenefitDraft[] => {
    const month = monthFromDay(birth)
    const before = meanSalary(times, month, 6)
    const paid = times.find(({ from, to }) => from <= month - 6 && (to === null || to >= month - 1))
    if (before === 0 || paid === undefined || month < monthFromDay(dayFromDate(2016, 1, 1))) return []
    if (paid.job.scheme === 'VOLUNTARY') return []
    const leaves = birth - random.int(5, 25)
    if (life.person.sex === 'MALE') {
      const days = random.int(5, 14)
      return [{ type: 'PATERNITY', amount: Math.round((before * days) / 24), from: birth, to: birth + days - 1 }]
    }
    const grant = 2 * valueOn(parameters.baseSalaries, isoFromDay(birth))
    return [
      { type: 'MATERNITY', amount: before, from: leaves, to: sixMonthsAfter(leaves) },
      { type: 'MATERNITY_LUMP', amount: grant, from: birth, to: birth },
    ]
  })
}

function sixMonthsAfter(day: number): number {
  const { year, month, day: ofMonth } = dateFromDay(day)
  return dayFromDate(year + Math.floor((month + 5) / 12), ((month + 5) % 12) + 1, Math.min(28, ofMonth)) - 1
}

/** After a job that ended in a gap: three months and up to twelve, one more for each year contributed. */
function unemploymentOf(career: Career, life: Life, random: Random): UnemploymentDraft[] {
  return career.jobs.flatMap(({ to, employer, isPublic }, index): UnemploymentDraft[] => {
    const next = career.jobs[index + 1]
    if (to === null || employer === null || isPublic || !random.chance(0.4)) return []
    const isLast = next === undefined
    if (isLast && (career.pensionFrom !== null || !life.isOpen)) return []
    const gap = isLast ? 12 : next.from - to - 1
    const contributed = monthsOf(career, to)
    const months = Math.min(12, Math.floor(contributed / 12))
    return gap < 2 || months < 3 ? [] : [{ employer, months, from: dayFromMonth(to + 1) + random.int(10, 25) }]
  })
}

/** 60 % of the mean of six months, at most five times the regional minimum wage. */
function unemploymentBenefit(
  months: number,
  from: number,
  times: readonly Paid[],
  parameters: Parameters,
): BenefitDraft {
  const mean = meanSalary(times, monthFromDay(from), 6)
  const cap = 5 * valueOn(parameters.minimumWages, isoFromDay(from))
  return { type: 'UI_MONTHLY', amount: Math.min(cap, Math.round(mean * 0.6)), from, to: from + months * 30 - 1 }
}

/** Once below 31 % of lost capacity, every month above (Luật ATVSLĐ, Điều 48-49). */
function workAccident(life: Life, times: readonly Paid[], parameters: Parameters, random: Random): BenefitDraft[] {
  const [rate, on] = [random.int(5, 60), random.int(0, 1500)]
  const from = life.until - on
  if (!random.chance(0.004) || life.person.persona !== null || !isPaidOn(times, from) || !life.isOpen) return []
  const base = valueOn(parameters.baseSalaries, isoFromDay(from))
  if (rate <= 30)
    return [
      {
        type: 'WORK_ACCIDENT_LUMP',
        amount: Math.round(base * (5 + 0.5 * (rate - 5))),
        from,
        to: from,
        disabilityRate: rate / 100,
      },
    ]
  return [
    {
      type: 'WORK_ACCIDENT_MONTHLY',
      amount: Math.round(base * (0.3 + 0.02 * (rate - 31))),
      from,
      to: null,
      disabilityRate: rate / 100,
    },
  ]
}

/** Men 45 % for 20 years, women 45 % for 15, 2 % more a year, at most 75 % of the mean salary (Điều 66). */
function pension(
  life: Life,
  career: Career,
  times: readonly Paid[],
  { pension: rule, baseSalaries }: Parameters,
): BenefitDraft[] {
  if (career.pensionFrom === null) return []
  const years = monthsOf(career, career.pensionFrom - 1) / 12
  const isMale = life.person.sex === 'MALE'
  const [first, rate] = isMale ? [rule.maleFirstYears, rule.maleRateAt20] : [rule.minYears, rule.femaleRateAt15]
  const share = Math.min(rule.maxRate, rate + rule.stepPerYear * Math.floor(Math.max(0, years - first)))
  const mean = meanSalary(times, career.pensionFrom, 120)
  // Whose last salaries were before 2014: three times today's base salary stands for them.
  const basis = mean > 0 ? mean : 3 * valueOn(baseSalaries, isoFromMonth(career.pensionFrom))
  const to = life.isOpen ? null : life.until
  return [{ type: 'PENSION', amount: Math.round(basis * share), from: dayFromMonth(career.pensionFrom), to }]
}

/** Two months' mean salary for each year. */
function withdrawal(career: Career, times: readonly Paid[]): BenefitDraft[] {
  if (career.withdrawnIn === null) return []
  const years = monthsOf(career, career.withdrawnIn) / 12
  const from = dayFromMonth(career.withdrawnIn) + 14
  return [
    { type: 'ONE_TIME', amount: Math.round(2 * years * meanSalary(times, career.withdrawnIn, 60)), from, to: from },
  ]
}

function isPaidOn(times: readonly Paid[], day: number): boolean {
  const month = monthFromDay(day)
  return times.some(({ from, to, job }) => job.scheme === 'COMPULSORY' && from < month && (to === null || month <= to))
}
