import type { DisclosureRecord } from '../types.ts'
import type { LogPolicy } from './log-policy.ts'

const millisecondsADay = 86_400_000

/**
 * From when on the subjects of a record may see it in their timelines; null for at once. One date for all entries: a
 * refusal shown beside a read that is delayed would tell of it, so whatever was asked on such a basis or for a purpose
 * that rests on it is delayed. An entry's own date (an investigation's order) can lengthen the delay, not shorten it.
 */
export function revealAfter({ at, principal, entries }: DisclosureRecord, policy: LogPolicy): Date | null {
  const isDelayed =
    entries.some(({ basis }) => basis === '19.1.b') ||
    (principal.purpose !== null && policy.delayedPurposes.has(principal.purpose))
  const usual = isDelayed ? [at.getTime() + policy.revealDelayDays['19.1.b'] * millisecondsADay] : []
  const times = [...usual, ...entries.flatMap(({ revealAfter: own }) => own?.getTime() ?? [])]
  return times.length === 0 ? null : new Date(Math.max(...times))
}
