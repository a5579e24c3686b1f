import { yearsBetween } from './calendar.ts'
import { raiseChildren } from './raise-children.ts'
import type { Draft, Growth } from './draft.ts'
import { drawMaritalStatus, drawSpouseAge } from './marriage.ts'
import { addPerson, elsewhere, ethnicityOf, moved } from './new-member.ts'
import type { FamilyTools } from './new-member.ts'
import type { Sex } from './types.ts'

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

function foundFamily(tools: FamilyTools, growth: Growth, person: Draft, generation: number): void {
  const { random, today } = growth
  const age = yearsBetween(person.bornDay, today)
  const status = drawMaritalStatus(random, person.sex, age)
  person.marital = status === 'MARRIED' && growth.room < 1 ? 'SINGLE' : status
  if (person.marital === 'SINGLE') return

  const partner = partnerOf(tools, growth, person, age)
  const [father, mother] = person.sex === 'MALE' ? [person, partner] : [partner, person]
  const parents = { father, mother, age, sex: person.sex, household: person.household, generation }
  raiseChildren(tools, growth, parents, (child, next) => foundFamily(tools, growth, child, next))
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
  const spouseAge = ages.reduce((best, one) =>
    tools.pyramid.wanted(sex, one) > tools.pyramid.wanted(sex, best) ? one : best,
  )
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
