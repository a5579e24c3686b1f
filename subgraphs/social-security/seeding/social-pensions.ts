import { dateFromDay, dayFromDate, dayFromIso } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { BenefitDraft } from './benefits.ts'
import type { Parameters } from './parameters.ts'

/** Social pension from 75 years of age (70 in poor and near-poor households) for those without another, since 2025. */
export function socialPensions(life: Life, parameters: Parameters): readonly BenefitDraft[] {
  const { age, ageIfPoorOrNearPoor, amountVnd } = parameters.socialPension
  const { year, month, day } = dateFromDay(life.from)
  const since = dayFromDate(year + (life.person.poverty === 'NONE' ? age : ageIfPoorOrNearPoor), month, day) + 1
  return amountVnd.flatMap(({ from, to, value }): BenefitDraft[] => {
    const start = Math.max(dayFromIso(from), since)
    const last = to === null ? null : dayFromIso(to)
    const end = life.isOpen ? last : Math.min(last ?? life.until, life.until)
    return start > life.until || (end !== null && end < start)
      ? []
      : [{ type: 'SOCIAL_PENSION', amount: value, from: start, to: end }]
  })
}
