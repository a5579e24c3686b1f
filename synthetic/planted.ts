import type { Domain, Person, PlantedDisagreement, Random } from './types.ts'
import { asciiFromName } from './identifiers.ts'
import { dayFromIso, isoFromDay } from './calendar.ts'

type Kind = { domain: Domain; field: PlantedDisagreement['field']; suits: (person: Person, age: number) => boolean }

const isAlive = (person: Person): boolean => person.diedOn === null

/** Where databases disagree, and for whom that can be seen. In `population` it is the number that says otherwise. */
const kinds: readonly Kind[] = [
  {
    domain: 'population',
    field: 'birthYear',
    suits: (person, age) => isAlive(person) && age >= 20 && person.bornOn.length === 10,
  },
  { domain: 'land', field: 'fullName', suits: (person, age) => isAlive(person) && age >= 25 },
  { domain: 'land', field: 'birthYear', suits: (person, age) => isAlive(person) && age >= 25 },
  { domain: 'health', field: 'birthYear', suits: isAlive },
  { domain: 'health', field: 'sex', suits: (person, age) => isAlive(person) && !person.sexChanged && age >= 6 },
  {
    domain: 'social-security',
    field: 'birthYear',
    suits: (person) => isAlive(person) && person.socialInsuranceNo !== null,
  },
  {
    domain: 'social-security',
    field: 'fullName',
    suits: (person) => isAlive(person) && person.socialInsuranceNo !== null,
  },
  {
    domain: 'social-security',
    field: 'diedOn',
    suits: (person, age) => !isAlive(person) && person.socialInsuranceNo !== null && age >= 60,
  },
]

/** Of each kind at least this many, whatever the size. */
const atLeast = 3
/** Share of people with one beyond that. */
const share = 0.003

/**
 * Plants disagreements between databases: the first three people each kind suits, then a small share. Never for named
 * people of the personas or edge cases but the dead. A planter belongs to one walk over the population.
 */
export function createPlanter(): (person: Person, age: number, random: Random) => PlantedDisagreement | null {
  const planted = new Map<Kind, number>()
  return (person, age, random) => {
    const lot = random.next()
    const named = Number(person.personalId.slice(6)) < 1000
    if (person.persona !== null || (named && isAlive(person))) return null
    const suited = kinds.filter((kind) => !person.absentFrom.has(kind.domain) && kind.suits(person, age))
    const kind =
      suited.find((one) => (planted.get(one) ?? 0) < atLeast) ??
      (lot < share ? suited[Math.floor((lot / share) * suited.length)] : undefined)
    if (kind === undefined) return null
    planted.set(kind, (planted.get(kind) ?? 0) + 1)
    return { domain: kind.domain, field: kind.field, value: otherValue(kind.field, person, random) }
  }
}

function otherValue(field: PlantedDisagreement['field'], person: Person, random: Random): string {
  switch (field) {
    case 'birthYear':
      return String(person.birthYear + random.pick([-10, -2, -1, 1]))
    case 'sex':
      return person.sex === 'MALE' ? 'FEMALE' : 'MALE'
    case 'fullName':
      return asciiFromName(person.fullName)
    case 'diedOn':
      return isoFromDay(dayFromIso(person.diedOn ?? '') + random.int(3, 12))
  }
}
