import { yearsBetween } from './calendar.ts'
import { isPresent } from './draft.ts'
import type { Draft, Growth, HouseholdDraft } from './draft.ts'
import type { Place, Reference } from './reference.ts'
import type { Person, Random } from './types.ts'

/** Makes empty households with an address and a living standard usual for the place; ids count up from 1. */
export function createHouseholds(
  reference: Reference,
): (growth: Growth, place: Place, permanent: Place) => HouseholdDraft {
  let count = 0
  return (growth, place, permanent) => {
    count++
    const household: HouseholdDraft = {
      id: `HGD-${place.province}-${String(count).padStart(8, '0')}`,
      place,
      permanent,
      addressLine: addressLine(growth.random, reference, place),
      settled: true,
      poverty: livingStandard(growth.random, reference, place),
      members: [],
    }
    growth.households.push(household)
    return household
  }
}

/** House and street in wards, hamlet elsewhere, by the region's own words for it. */
function addressLine(random: Random, reference: Reference, place: Place): string {
  const named = (kind: string): string => random.pick(reference.localNames.get(kind) ?? [''])
  if (place.urban) {
    const lane = random.chance(0.35) ? `${place.southern ? 'hẻm' : 'ngõ'} ${random.int(2, 180)}, ` : ''
    return random.chance(0.7)
      ? `Số ${random.int(1, 320)}, ${lane}${place.southern ? 'đường' : 'phố'} ${named('street')}`
      : `${place.southern ? 'Khu phố' : 'Tổ dân phố'} ${random.int(1, 24)}`
  }
  const disadvantaged = (reference.provinces.get(place.province)?.disadvantagedPct ?? 0) > 25
  if (disadvantaged && random.chance(0.6)) {
    return place.southern ? `Buôn ${named('highland')}` : `Bản ${named('upland')}`
  }
  const word = Number(place.province) >= 75 ? 'Ấp' : place.southern || random.chance(0.7) ? 'Thôn' : 'Xóm'
  return random.chance(0.4) ? `${word} ${random.int(1, 18)}` : `${word} ${named('village')}`
}

function livingStandard(random: Random, reference: Reference, place: Place): Person['poverty'] {
  const province = reference.provinces.get(place.province)
  const factor = (place.urban ? 0.35 : 1.35) / 100
  const draw = random.next()
  const poor = (province?.poorPct ?? 0) * factor
  if (draw < poor) return 'POOR'
  return draw < poor + (province?.nearPoorPct ?? 0) * factor ? 'NEAR_POOR' : 'NONE'
}

/** Chooses the head (the eldest below 70 before those above) and says how everybody else is related. */
export function arrangeHousehold(household: HouseholdDraft, today: number): void {
  const rank = (member: Draft): number => {
    const age = yearsBetween(member.bornDay, today)
    return (age < 70 ? age : 120 - age) + (member.sex === 'MALE' ? 3 : 0) - (isPresent(member) && age >= 18 ? 0 : 1000)
  }
  const [head] = household.members.toSorted((one, other) => rank(other) - rank(one))
  if (head === undefined) return
  for (const member of household.members) member.relation = relationTo(head, member)
}

function relationTo(head: Draft, member: Draft): Person['relationToHead'] {
  if (member === head) return 'HEAD'
  if (isCoupled(head, member)) return 'SPOUSE'
  const parents = [member.father, member.mother].filter((parent) => parent !== null)
  if (parents.some((parent) => parent === head || isCoupled(head, parent))) return 'CHILD'
  if (member === head.father || member === head.mother) return 'PARENT'
  if (parents.some((parent) => parent === head.father || parent === head.mother)) return 'SIBLING'
  const elders = parents.flatMap((parent) => [parent.father, parent.mother])
  return elders.some((elder) => elder !== null && (elder === head || isCoupled(head, elder))) ? 'GRANDCHILD' : 'OTHER'
}

/** Married, or parents of the same child (the late spouse of a widow). */
function isCoupled(one: Draft, other: Draft): boolean {
  return one.spouse === other || one.children.some((child) => child.father === other || child.mother === other)
}
