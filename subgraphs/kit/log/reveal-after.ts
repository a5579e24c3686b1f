import type { LogPolicy } from './log-policy.ts'

const millisecondsADay = 86_400_000

/**
 * From when on the subject may see an entry; null for at once. An explicit date (an investigation's order) holds where
 * it is later than what the policy gives: a date can lengthen a delay that the basis carries, not end it early.
 */
export function revealAfter(basis: string | null, at: Date, explicit: Date | null, policy: LogPolicy): Date | null {
  const days = basis === '19.1.b' ? policy.revealDelayDays['19.1.b'] : null
  if (days === null) return explicit
  const usual = new Date(at.getTime() + days * millisecondsADay)
  return explicit !== null && explicit > usual ? explicit : usual
}
