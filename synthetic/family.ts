import { dateFromDay, dayFromDate, yearsBetween } from './calendar.ts'
import type { Draft, Growth, HouseholdDraft } from './draft.ts'
import { matrilineal } from './names.ts'
import type { Naming } from './names.ts'
import { bell, drawMaritalStatus, drawSpouseAge } from './marriage.ts'
import type { PlaceSequence } from './place-sequence.ts'
import type { Pyramid } from './pyramid.ts'
import type { Place, Reference } from './reference.ts'
import type { Random, Sex } from './types.ts'

export type FamilyTools = {
  reference: Reference
  pyramid: Pyramid
  places: PlaceSequence
  naming: Naming
  newHousehold: (growth: Growth, place: Place, permanent: Place) => HouseholdDraft
}

/** Generations that found families of their own: grandparents, parents, children. */
const deepest = 3
const year = 365

/**
 * Grows one family into households: a couple or a single person, their children, and those of the children who are of
 * age, at home or in households of their own. Adds at most `growth.room` people, at least one.
 */
export function growFamily(tools: FamilyTools, growth: Growth): void {
  const { random } = growth
  const place = tools.places.next()
  const household = tools.newHousehold(growth, place, random.chance(0.12) ? elsewhere(tools, random, place) : place)
  const { age, sex } = tools.pyramid.draw(random, 22, 104)
  const anchor = addPerson(tools, growth, {
    sex,
    age,
    household,
    ethnicity: ethnicityOf(tools, random, place),
    home: random.chance(0.75) ? household.permanent : elsewhere(tools, random, place),
  })
  foundFamily(tools, growth, anchor, 1)
}

type NewPerson = {
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

function addPerson(tools: FamilyTools, growth: Growth, spec: NewPerson): Draft {
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
    birthPlace: random.chance(0.72) ? spec.household.permanent : random.chance(0.6) ? spec.home : elsewhere(tools, random, spec.home),
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

function foundFamily(tools: FamilyTools, growth: Growth, person: Draft, generation: number): void {
  const { random, today } = growth
  const age = yearsBetween(person.bornDay, today)
  const status = drawMaritalStatus(random, person.sex, age)
  person.marital = status === 'MARRIED' && growth.room < 1 ? 'SINGLE' : status
  if (person.marital === 'SINGLE') return

  const partner = partnerOf(tools, growth, person, age)
  const [father, mother] = person.sex === 'MALE' ? [person, partner] : [partner, person]
  raiseChildren(tools, growth, { father, mother, age, sex: person.sex, household: person.household, generation })
  if (partner !== null && person.marital === 'WIDOWED') {
    const youngest = Math.max(...partner.children.map((child) => child.bornDay), today - 25 * year)
    partner.diedDay = random.int(Math.min(youngest + 30, today - 1), today - 1)
  }
}

/** The spouse, the late spouse or the divorced one; null where the register doesn't know them. */
function partnerOf(tools: FamilyTools, growth: Growth, person: Draft, age: number): Draft | null {
  const { random } = growth
  const known = person.marital === 'MARRIED' || random.chance(0.35)
  if (!known || growth.room < 1) return null
  const sex: Sex = person.sex === 'MALE' ? 'FEMALE' : 'MALE'
  const ages = [1, 2, 3].map(() => drawSpouseAge(random, person.sex, age))
  const spouseAge = ages.reduce((best, one) => (tools.pyramid.wanted(sex, one) > tools.pyramid.wanted(sex, best) ? one : best))
  const apart = person.marital === 'DIVORCED'
  const place = apart ? moved(tools, random, person.household.place) : person.household.place
  const partner = addPerson(tools, growth, {
    sex,
    age: spouseAge,
    household: apart ? tools.newHousehold(growth, place, place) : person.household,
    ethnicity: random.chance(0.93) ? person.ethnicity : ethnicityOf(tools, random, place),
    home: random.chance(0.7) ? person.home : elsewhere(tools, random, person.home),
    dead: person.marital === 'WIDOWED',
  })
  partner.marital = person.marital === 'WIDOWED' ? 'MARRIED' : person.marital
  if (person.marital === 'MARRIED') {
    person.spouse = partner
    partner.spouse = person
  }
  return partner
}

type Parents = {
  father: Draft | null
  mother: Draft | null
  /** Of the parent who is always known. */
  age: number
  sex: Sex
  household: HouseholdDraft
  generation: number
}

function raiseChildren(tools: FamilyTools, growth: Growth, parents: Parents): void {
  const { random, today } = growth
  const known = parents.sex === 'MALE' ? parents.father : parents.mother
  if (known === null) return
  const motherAge = parents.mother ? yearsBetween(parents.mother.bornDay, today) : parents.age - 3
  const wished = wishedChildren(random, dateFromDay(today).year - motherAge)
  const heir = matrilineal.has(known.ethnicity) ? parents.mother : parents.father
  const surname = heir?.surname ?? null
  let unknownSurname: string | null = null

  let atBirth = Math.round(Math.min(38, Math.max(18, 25 + 3.6 * bell(random))))
  for (let count = 0; count < wished && motherAge - atBirth >= 0 && atBirth <= 45; count++) {
    const age = motherAge - atBirth
    atBirth += 2 + Math.floor(random.next() ** 2 * 5)
    const sex = childSex(tools, random, age)
    const keep = (age < 18 ? 1 : 0.62) * tools.pyramid.wanted(sex, age) ** 2
    if (growth.room < 1 || !random.chance(keep)) continue
    const spec = {
      age,
      household: parents.household,
      ethnicity: known.ethnicity,
      home: (parents.father ?? known).home,
      father: parents.father,
      mother: parents.mother,
      surname: surname ?? unknownSurname,
    }
    const child = addPerson(tools, growth, { ...spec, sex })
    unknownSurname = child.surname
    if (random.chance(0.011) && growth.room > 0) {
      addPerson(tools, growth, { ...spec, sex: childSex(tools, random, age), bornDay: child.bornDay, surname: child.surname })
    }
    if (age >= 18) comeOfAge(tools, growth, child, parents)
  }
}

function comeOfAge(tools: FamilyTools, growth: Growth, child: Draft, parents: Parents): void {
  const { random, today } = growth
  if (random.chance(0.004)) child.diedDay = random.int(today - 4 * year, today - 1)
  else if (random.chance(0.0008)) child.missingDay = random.int(today - 6 * year, today - 200)
  if (child.diedDay !== null || child.missingDay !== null || parents.generation >= deepest) return
  const stem = parents.household.members.some((member) => member.father !== null && member.children.length > 0)
  const leaves = random.chance(yearsBetween(child.bornDay, today) > 27 ? (stem ? 0.85 : 0.6) : 0.15)
  if (leaves) {
    const place = moved(tools, random, parents.household.place)
    const permanent = place !== parents.household.place && random.chance(0.3) ? parents.household.permanent : place
    parents.household.members.splice(parents.household.members.indexOf(child), 1)
    child.household = tools.newHousehold(growth, place, permanent)
    child.household.members.push(child)
  }
  foundFamily(tools, growth, child, parents.generation + 1)
}

function childSex(tools: FamilyTools, random: Random, age: number): Sex {
  const boys = 1.08 * tools.pyramid.wanted('MALE', age)
  return random.chance(boys / (boys + tools.pyramid.wanted('FEMALE', age))) ? 'MALE' : 'FEMALE'
}

/** Children a woman of this year of birth wishes for: large families before 1960, about two after. */
function wishedChildren(random: Random, motherBorn: number): number {
  const mean = motherBorn < 1955 ? 4.6 : motherBorn < 1965 ? 3.4 : motherBorn < 1975 ? 2.8 : 2.5
  return Math.max(0, Math.round(mean + 1.1 * bell(random)))
}

function bornDayFromAge(random: Random, today: number, age: number): number {
  const { year: thisYear, month, day } = dateFromDay(today)
  return dayFromDate(thisYear - age, month, day) - random.int(0, 364)
}

function ethnicityOf(tools: FamilyTools, random: Random, place: Place): string {
  const drawn = tools.reference.provinces.get(place.province)?.ethnicities.draw(random) ?? '01'
  return place.urban && drawn !== '01' && random.chance(0.5) ? '01' : drawn
}

function religionOf(tools: FamilyTools, random: Random, spec: NewPerson, parents: readonly Draft[]): string {
  const [parent] = parents
  const partner = spec.household.members[0]
  if (parent !== undefined && random.chance(0.96)) return parent.religion
  if (parent === undefined && partner !== undefined && random.chance(0.75)) return partner.religion
  const { religions } = tools.reference
  const table =
    religions.get(`${spec.ethnicity}|${spec.home.province}`) ?? religions.get(`${spec.ethnicity}|`) ?? religions.get('*|')
  return table?.draw(random) ?? '00'
}

function elsewhere(tools: FamilyTools, random: Random, place: Place): Place {
  return random.chance(0.6) ? tools.places.inProvince(place.province).draw(random) : tools.places.anywhere.draw(random)
}

function moved(tools: FamilyTools, random: Random, place: Place): Place {
  return random.chance(0.55) ? place : elsewhere(tools, random, place)
}
