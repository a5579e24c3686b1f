import type { Place } from '../../../synthetic/reference.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import type { HolderDraft } from './drafts.ts'

/** Whose a household's land is. `from` is whom heirs inherited from, where that person ever had a number. */
export type Holding = { owners: readonly Person[]; kind: 'SINGLE' | 'COUPLE' | 'HEIRS'; from: Person | null }

/** Before this year nobody born later owned land. */
const lastBirthYear = 2005

/**
 * Whose land a household's next parcel is: the couple's, one adult's, joint heirs' of a late parent, or still a dead
 * member's whose inheritance is not settled. Null where nobody can own any.
 */
export function chooseHolding(random: Random, members: readonly Person[]): Holding | null {
  const here = members.filter((member) => !member.absentFrom.has('land'))
  const adults = here.filter((member) => member.diedOn === null && member.birthYear <= lastBirthYear)
  const heirs = heirsIn(random, here, adults)
  if (heirs !== null) return heirs
  const head = adults.find((member) => member.relationToHead === 'HEAD') ?? adults[0]
  if (head === undefined) return null
  const spouse = adults.find((member) => member.personalId === head.spouseId)
  if (spouse !== undefined && random.chance(0.78)) return { owners: [head, spouse], kind: 'COUPLE', from: null }
  return { owners: [spouse !== undefined && random.chance(0.3) ? spouse : head], kind: 'SINGLE', from: null }
}

/**
 * Joint heirs of a dead member; of a spouse who died before everybody had a number; or the dead member still, whose
 * inheritance is not settled.
 */
function heirsIn(random: Random, here: readonly Person[], adults: readonly Person[]): Holding | null {
  const late = here.find((member) => member.diedOn !== null && member.childIds.length > 0)
  const widowed = adults.find((member) => member.maritalStatus === 'WIDOWED')
  if ((late === undefined && widowed === undefined) || !random.chance(0.5)) return null
  const children = new Set([...(late?.childIds ?? []), ...(widowed?.childIds ?? [])])
  const heirs = adults.filter(
    (one) => children.has(one.personalId) || one === widowed || one.personalId === late?.spouseId,
  )
  if (heirs.length >= 2) return { owners: heirs, kind: 'HEIRS', from: late ?? null }
  if (late !== undefined && (late.diedOn ?? '') > '2000' && random.chance(0.4))
    return { owners: [late], kind: 'SINGLE', from: null }
  return null
}

/** The owners as a certificate names them; shares are equal and make up exactly one. */
export function holdersFrom(holding: Holding, addressOf: (person: Person) => string): readonly HolderDraft[] {
  const shares = equalShares(holding.owners.length)
  const isJoint = holding.owners.length > 1
  return holding.owners.map((owner, index) => ({
    personalId: owner.personalId,
    taxCode: null,
    userType: holding.kind === 'COUPLE' ? 'COUPLE' : 'INDIVIDUAL',
    role: isJoint ? 'CO_OWNER' : 'OWNER',
    share: shares[index] ?? 1,
    contactAddress: addressOf(owner),
  }))
}

/** Equal parts in millionths; the last takes what rounding left. */
export function equalShares(count: number): readonly number[] {
  const part = Math.floor(1_000_000 / count)
  return Array.from({ length: count }, (_, index) => (index < count - 1 ? part : 1_000_000 - part * (count - 1)) / 1e6)
}

/** Where a person is written to: the residence, ending with the province. */
export function contactAddress(places: ReadonlyMap<string, Place>): (person: Person) => string {
  return (person) => {
    const place = places.get(person.permanentCommune)
    return place === undefined ? person.addressLine : `${person.addressLine}, ${place.fullName}, ${place.provinceName}`
  }
}

/** An organisation as the only holder. */
export function organisationHolder(taxCode: string, userType: HolderDraft['userType']): HolderDraft {
  return { personalId: null, taxCode, userType, role: 'OWNER', share: 1, contactAddress: null }
}

/** A person as a party who gave away all they had. */
export function formerHolder(personalId: string): HolderDraft {
  return { personalId, taxCode: null, userType: 'INDIVIDUAL', role: 'OWNER', share: 1, contactAddress: null }
}
