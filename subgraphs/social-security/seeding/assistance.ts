import { dateFromDay, dayFromDate, dayFromIso, isoFromDay } from '../../../synthetic/calendar.ts'
import { isLivingWithHiv } from '../../../synthetic/life-events.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person } from '../../../synthetic/types.ts'
import type { Dated } from './parameters.ts'

/** Assistance at one rate: a category's coefficient times the base of the time. */
export type Assistance = {
  category: string
  coefficient: number
  base: Dated
  from: number
  to: number | null
  carerId: string | null
}

/** A category somebody belongs to while they are of these ages (completed years, `before` not included). */
type Claim = { category: string; fromAge: number; beforeAge: number; needsCarer: boolean; until?: string }

export type Circumstances = {
  household: readonly Person[]
  /** Draws a pension of their own. */
  hasPension: boolean
  /** In a commune where living is specially hard. */
  isDisadvantaged: boolean
}

/** Assistance is held since the base of 500,000 VND. */
const heldFrom = '2024-07-01'
const ever = 200

/**
 * Monthly social assistance of a person since 2024-07-01, by the categories of NĐ 20/2021/NĐ-CP: cut at changes of the
 * base and at the birthdays that move them to another category; of several categories the highest coefficient.
 */
export function assistanceOf(
  life: Life,
  circumstances: Circumstances,
  coefficientOf: (category: string) => number,
  bases: readonly Dated[],
  asOf: string,
): readonly Assistance[] {
  const claims = claimsOf(life, circumstances, asOf).toSorted(
    (one, other) => coefficientOf(other.category) - coefficientOf(one.category),
  )
  if (claims.length === 0) return []
  const carerId = carerOf(life.person, circumstances.household)
  const cuts = [
    ...bases.map((base) => dayFromIso(base.from)),
    ...claims.flatMap(({ fromAge, beforeAge, until }) => [
      birthday(life, fromAge),
      birthday(life, beforeAge),
      until ? dayFromIso(until) + 1 : 0,
    ]),
  ]
  const begin = Math.max(dayFromIso(heldFrom), life.from)
  const starts = [...new Set([begin, ...cuts.filter((cut) => cut > begin && cut <= life.until)])].sort(
    (one, other) => one - other,
  )
  const pieces = starts.flatMap((from, index): Assistance[] => {
    const day = isoFromDay(from)
    const base = bases.findLast((one) => one.from <= day)
    const claim = claims.find(({ fromAge, beforeAge, until }) => {
      const { least, most } = life.ageOn(from)
      return least >= fromAge && most < beforeAge && (until === undefined || day <= until)
    })
    const next = starts[index + 1]
    const to = next === undefined ? (life.isOpen ? null : life.until) : next - 1
    if (claim === undefined || base === undefined || (to !== null && to < from)) return []
    return [
      {
        category: claim.category,
        coefficient: coefficientOf(claim.category),
        base,
        from,
        to,
        carerId: claim.needsCarer ? carerId : null,
      },
    ]
  })
  return pieces.reduce<readonly Assistance[]>(joined, [])
}

/** Joins a piece to the one before it where a cut changed nothing. */
function joined(rows: readonly Assistance[], piece: Assistance): Assistance[] {
  const last = rows.at(-1)
  const goesOn = last?.to === piece.from - 1 && last.category === piece.category && last.base === piece.base
  return last !== undefined && goesOn ? [...rows.slice(0, -1), { ...last, to: piece.to }] : [...rows, piece]
}

function claimsOf(life: Life, { household, hasPension, isDisadvantaged }: Circumstances, asOf: string): Claim[] {
  const { person } = life
  const isPoor = person.poverty === 'POOR'
  const isNearPoor = isPoor || person.poverty === 'NEAR_POOR'
  const hasParent = person.fatherId !== null || person.motherId !== null
  const isAlone = household.filter((one) => one.diedOn === null && one.missingSince === null).length === 1
  const claims: Claim[] = []
  const claim = (category: string, fromAge: number, beforeAge: number, needsCarer = false): void => {
    claims.push({ category, fromAge, beforeAge, needsCarer })
  }
  if (person.disability !== null && person.disability.degree !== 'MILD') {
    const category = `DISABLED_${person.disability.degree}`
    const needsCarer = person.disability.degree === 'SPECIAL'
    claim(`${category}_CHILD_ELDER`, 0, 16, true)
    claim(category, 16, 60, needsCarer)
    claim(`${category}_CHILD_ELDER`, 60, ever, needsCarer)
  }
  if (!hasParent && person.representativeIds.length > 0 && !person.represented) {
    claim('ABANDONED_CHILD_U4', 0, 4, true)
    claim('ABANDONED_CHILD_4_16', 4, 16, true)
  }
  if (isPoor && isAlone && !hasPension) {
    claim('ELDERLY_ALONE_60_80', 60, 80)
    claim('ELDERLY_ALONE_80', 80, ever)
  }
  if (isPoor && isLivingWithHiv(person, asOf)) claim('HIV_ADULT_POOR', 16, ever)
  if (isNearPoor && isSingleParent(person, household)) claim('POOR_SINGLE_PARENT', 18, ever)
  if (isNearPoor && isDisadvantaged) claim('CHILD_U3_DIFF', 0, 3)
  if (!hasPension)
    claims.push({
      category: 'ELDERLY_80_NOPENSION',
      fromAge: 80,
      beforeAge: ever,
      needsCarer: false,
      until: '2025-06-30',
    })
  return claims
}

function isSingleParent(person: Person, household: readonly Person[]): boolean {
  if (person.maritalStatus === 'MARRIED') return false
  return household.some(
    (one) =>
      (one.motherId === person.personalId || one.fatherId === person.personalId) &&
      one.birthYear > 2011 &&
      one.diedOn === null,
  )
}

/** Who looks after them: the guardian by record, the spouse, the parent or the child who lives with them. */
function carerOf(person: Person, household: readonly Person[]): string | null {
  const wanted = [...person.representativeIds, person.spouseId, person.motherId, person.fatherId, ...person.childIds]
  const near = household.filter(
    (one) =>
      one.diedOn === null &&
      one.missingSince === null &&
      one.birthYear <= 2006 &&
      !one.absentFrom.has('social-security'),
  )
  return wanted.find((id) => id !== null && near.some((one) => one.personalId === id)) ?? null
}

function birthday(life: Life, age: number): number {
  const { year, month, day } = dateFromDay(life.from)
  return dayFromDate(year + age, month, day)
}
