import { dateFromDay, dayFromDate, yearsBetween } from './calendar.ts'
import type { Draft, Growth, HouseholdDraft } from './draft.ts'
import type { Naming } from './names.ts'
import type { PlaceSequence } from './place-sequence.ts'
import type { Pyramid } from './pyramid.ts'
import type { Place, Reference } from './reference.ts'
import type { Random, Sex } from './types.ts'

/** What families are grown with; the same for all of a population. */
export type FamilyTools = {
  reference: Reference
  pyramid: Pyramid
  places: PlaceSequence
  naming: Naming
  newHousehold: (growth: Growth, place: Place, permanent: Place) => HouseholdDraft
}

export type NewPerson = {
  sex: Sex
  age: number
  household: HouseholdDraft
  ethnicity: string
  home: Place
  father?: Draft | null
  mother?: Draft | null
  surname?: string | null
  bornDay?: number
  dead?: boolean
}

/** Adds a person to a household and, unless dead, to the pyramid; tells the parents of their child. */
export function addPerson(tools: FamilyTools, growth: Growth, spec: NewPerson): Draft {
  const { random, today } = growth
  const bornDay = spec.bornDay ?? bornDayFromAge(random, today, spec.age)
  const father = spec.father ?? null
  const mother = spec.mother ?? null
  const parents = [father, mother].filter((parent) => parent !== null)
  const family = [...parents, ...(parents[0]?.children ?? [])]
  const name = tools.naming(random, {
    sex: spec.sex,
    birthYear: dateFromDay(bornDay).year,
    ethnicity: spec.ethnicity,
    southern: spec.home.southern,
    surname: spec.surname ?? null,
    taken: family.map((relative) => relative.givenName),
  })
  const draft: Draft = {
    ...name,
    sex: spec.sex,
    bornDay,
    bornPrecision: 'DAY',
    diedDay: null,
    missingDay: null,
    sexChanged: random.chance(0.0001),
    ethnicity: spec.ethnicity,
    religion: religionOf(tools, random, spec, parents),
    home: spec.home,
    birthPlace: birthPlaceOf(tools, random, spec, parents.length > 0),
    birthCountry: 'VN',
    marital: 'SINGLE',
    father,
    mother,
    spouse: null,
    children: [],
    guardians: [],
    represented: false,
    household: spec.household,
    relation: 'OTHER',
    fixed: {},
  }
  for (const parent of parents) parent.children.push(draft)
  spec.household.members.push(draft)
  growth.room--
  if (!spec.dead) tools.pyramid.count(spec.sex, yearsBetween(bornDay, today))
  return draft
}

function bornDayFromAge(random: Random, today: number, age: number): number {
  const { year: thisYear, month, day } = dateFromDay(today)
  return dayFromDate(thisYear - age, month, day) - random.int(0, 364)
}

/** A people that lives in the place; more often Kinh in towns. */
export function ethnicityOf(tools: FamilyTools, random: Random, place: Place): string {
  const drawn = tools.reference.provinces.get(place.province)?.ethnicities.draw(random) ?? '01'
  return place.urban && drawn !== '01' && random.chance(0.5) ? '01' : drawn
}

/** Children mostly where the family is registered, their elders also where the family comes from. */
function birthPlaceOf(tools: FamilyTools, random: Random, spec: NewPerson, isChild: boolean): Place {
  if (random.chance(isChild ? 0.93 : 0.7)) return spec.household.permanent
  return random.chance(0.6) ? spec.home : elsewhere(tools, random, spec.home)
}

function religionOf(tools: FamilyTools, random: Random, spec: NewPerson, parents: readonly Draft[]): string {
  const [parent] = parents
  const partner = spec.household.members[0]
  if (parent !== undefined && random.chance(0.96)) return parent.religion
  if (parent === undefined && partner !== undefined && random.chance(0.75)) return partner.religion
  const { religions } = tools.reference
  const table =
    religions.get(`${spec.ethnicity}|${spec.home.province}`) ??
    religions.get(`${spec.ethnicity}|`) ??
    religions.get('*|')
  return table?.draw(random) ?? '00'
}

/** Another place, mostly of the same province. */
export function elsewhere(tools: FamilyTools, random: Random, place: Place): Place {
  return random.chance(0.6) ? tools.places.inProvince(place.province).draw(random) : tools.places.anywhere.draw(random)
}

/** Where somebody goes who leaves a household: often next door. */
export function moved(tools: FamilyTools, random: Random, place: Place): Place {
  return random.chance(0.55) ? place : elsewhere(tools, random, place)
}
