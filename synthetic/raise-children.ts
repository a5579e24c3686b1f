import { dateFromDay, yearsBetween } from './calendar.ts'
import type { Draft, Growth, HouseholdDraft } from './draft.ts'
import { bell } from './marriage.ts'
import { matrilineal } from './names.ts'
import { addPerson, moved } from './new-member.ts'
import type { FamilyTools } from './new-member.ts'
import type { Random, Sex } from './types.ts'

const year = 365
/** Generations that found families of their own: grandparents, parents, children. */
const deepest = 3

export type Parents = {
  father: Draft | null
  mother: Draft | null
  /** Of the parent who is always known. */
  age: number
  sex: Sex
  household: HouseholdDraft
  generation: number
}

/** Founds the family of a child who came of age. */
type Found = (child: Draft, generation: number) => void

/**
 * Adds the children of a couple or of one parent, as many as are usual for the mother's year of birth, spaced by two
 * years or more, sometimes twins. Grown children stay, leave for a household of their own or aren't in this population.
 */
export function raiseChildren(tools: FamilyTools, growth: Growth, parents: Parents, found: Found): void {
  const { random, today } = growth
  const known = parents.sex === 'MALE' ? parents.father : parents.mother
  if (known === null) return
  const motherAge = parents.mother ? yearsBetween(parents.mother.bornDay, today) : parents.age - 3
  const wished = wishedChildren(random, dateFromDay(today).year - motherAge)
  const heir = parents.mother !== null && matrilineal.has(parents.mother.ethnicity) ? parents.mother : parents.father
  const surname = heir?.surname ?? null
  const fatherAge = parents.father ? yearsBetween(parents.father.bornDay, today) : motherAge
  const earliest = 18 + Math.max(0, motherAge - fatherAge)
  let unknownSurname: string | null = null

  let atBirth = Math.round(Math.min(38, Math.max(earliest, 25 + 3.6 * bell(random))))
  for (let count = 0; count < wished && motherAge - atBirth >= 0 && atBirth <= 45; count++) {
    const age = motherAge - atBirth
    atBirth += 2 + Math.floor(random.next() ** 2 * 5)
    const sex = childSex(tools, random, age)
    const keep = (age < 18 ? 0.95 : 0.55) * tools.pyramid.wanted(sex, age) ** 4
    if (growth.room < 1 || !random.chance(keep)) continue
    const spec = {
      age,
      household: parents.household,
      ethnicity: (heir ?? known).ethnicity,
      home: (parents.father ?? known).home,
      father: parents.father,
      mother: parents.mother,
      surname: surname ?? unknownSurname,
    }
    const child = addPerson(tools, growth, { ...spec, sex })
    unknownSurname = child.surname
    if (random.chance(0.011) && growth.room > 0) {
      addPerson(tools, growth, {
        ...spec,
        sex: childSex(tools, random, age),
        bornDay: child.bornDay,
        surname: child.surname,
      })
    }
    if (age >= 18) comeOfAge(tools, growth, child, parents, found)
  }
}

function comeOfAge(tools: FamilyTools, growth: Growth, child: Draft, parents: Parents, found: Found): void {
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
  found(child, parents.generation + 1)
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
