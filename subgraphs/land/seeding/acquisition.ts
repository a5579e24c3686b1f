import type { Person, Random } from '../../../synthetic/types.ts'
import { dayBetween, dayIn, daysLater, lastDay } from './dates.ts'
import type { ChangeDraft, HolderDraft } from './drafts.ts'
import { formerHolder } from './holders.ts'
import type { Holding } from './holders.ts'

/** How and when a holding came to its owners. */
export type Acquisition = {
  registeredOn: string
  change: 'TRANSFER' | 'INHERITANCE' | 'DONATION' | null
  /** Null too for one who died before everybody had a number. */
  from: HolderDraft | null
}

/** The year from which land was certified. */
const firstCertificates = 1994

/**
 * When and from whom: heirs after the death they inherit by, a dead owner before theirs, others when grown up; bought of
 * another holder, given by a parent who lives in the household, or recognised as theirs without a change.
 */
export function acquire(
  random: Random,
  holding: Holding,
  members: readonly Person[],
  sellerIn: (year: number) => HolderDraft,
  firstYear = firstCertificates,
): Acquisition {
  const { owners, kind, from: late } = holding
  if (late?.diedOn) {
    const registeredOn = dayBetween(random, daysLater(late.diedOn, 60), daysLater(late.diedOn, 900))
    return { registeredOn, change: 'INHERITANCE', from: formerHolder(late.personalId) }
  }
  const grownUp = Math.max(firstYear, ...owners.map((owner) => owner.birthYear + 21))
  const death = owners.map((owner) => owner.diedOn).find((day) => day !== null)
  const lastYear = death ? Math.max(grownUp, Number(death.slice(0, 4)) - 1) : 2026
  const registeredOn = dayIn(random, Math.min(lastYear, grownUp + Math.floor((lastYear - grownUp + 1) * random.next())))
  if (kind === 'HEIRS') return { registeredOn, change: 'INHERITANCE', from: null }
  const parent = members.find(
    ({ personalId, diedOn }) =>
      diedOn === null && owners.some((owner) => owner.fatherId === personalId || owner.motherId === personalId),
  )
  const lot = random.next()
  if (parent !== undefined && lot < 0.25)
    return { registeredOn, change: 'DONATION', from: formerHolder(parent.personalId) }
  if (lot < 0.55) return { registeredOn, change: 'TRANSFER', from: sellerIn(Number(registeredOn.slice(0, 4))) }
  return { registeredOn, change: null, from: null }
}

/** The change in which they acquired it; none where it was recognised. */
export function acquisitionChange(
  { registeredOn, change, from }: Acquisition,
  holders: readonly HolderDraft[],
  at: (day: string) => string,
): readonly ChangeDraft[] {
  if (change === null) return []
  const to = holders.map((holder) => ({ side: 'TO' as const, holder }))
  const given = from === null ? [] : [{ side: 'FROM' as const, holder: from }]
  return [{ type: change, registeredAt: at(registeredOn), parties: [...given, ...to] }]
}

/** Changes that leave the holders as they are, earliest first. */
export function laterChanges(
  random: Random,
  { registeredOn, reissuedAt, isFarm }: { registeredOn: string; reissuedAt: string | null; isFarm: boolean },
  holders: readonly HolderDraft[],
  at: (day: string) => string,
): readonly ChangeDraft[] {
  const days: { type: string; day: string }[] = []
  const happens = (type: string, chance: number, first: string): void => {
    const since = first > registeredOn ? first : daysLater(registeredOn, 40)
    if (since < lastDay && random.chance(chance)) days.push({ type, day: dayBetween(random, since, lastDay) })
  }
  if (reissuedAt !== null) days.push({ type: 'REISSUE', day: reissuedAt })
  happens('ADMIN_MERGER', 0.06, '2025-07-01')
  happens('CORRECTION', 0.012, registeredOn)
  happens('SPLIT', 0.015, registeredOn)
  happens(isFarm ? 'LEASE' : 'PURPOSE', 0.02, registeredOn)
  if (isFarm && registeredOn < '2013-10-15' && random.chance(0.2)) days.push({ type: 'EXTEND', day: '2013-10-15' })
  return days
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
    .map(({ type, day }) => ({
      type,
      registeredAt: at(day),
      parties: holders.map((holder) => ({ side: 'HOLDER', holder })),
    }))
}
