import type { EthnicNaming, Reference } from './reference.ts'
import type { Random, Sex } from './types.ts'
import { createWeightedTable } from './weighted-table.ts'

export type Name = { surname: string; givenName: string; fullName: string }

export type Naming = (
  random: Random,
  person: {
    sex: Sex
    birthYear: number
    ethnicity: string
    /** Native place from Đà Nẵng southward. */
    southern: boolean
    /** The surname or clan handed down; null draws one. */
    surname: string | null
    /** Given names of the family, which a child doesn't get again. */
    taken: readonly string[]
  },
) => Name

/** Peoples whose clan comes from the mother (Gia-rai, Ê-đê, Cơ-ho, Chăm, Ra-glai, Chu-ru). */
export const matrilineal: ReadonlySet<string> = new Set(['10', '12', '16', '17', '21', '36'])

/**
 * Vietnamese names in Vietnamese order (surname, middle, given), drawn by share; Huỳnh and Võ in the south, Hoàng and Vũ
 * in the north. Older women mostly carry `Thị`, older men often `Văn`. Peoples with other customs follow theirs
 * (data/ethnic_names.csv: recalled patterns, no frequency data).
 */
export function createNaming(reference: Reference): Naming {
  const surnamesOf = (southern: boolean) => {
    const local = new Map(
      southern
        ? [
            ['Huỳnh', 5.1],
            ['Võ', 4.9],
            ['Hoàng', 0],
            ['Vũ', 0],
          ]
        : [
            ['Hoàng', 5.1],
            ['Vũ', 4.9],
            ['Huỳnh', 0],
            ['Võ', 0],
          ],
    ) as ReadonlyMap<string, number>
    return createWeightedTable(reference.surnames, (row) => local.get(row.surname) ?? row.share)
  }
  const surnames = { north: surnamesOf(false), south: surnamesOf(true) }

  return (random, person) => {
    const people = reference.ethnicNames.get(person.ethnicity) ?? reference.ethnicNames.get('*')
    if (person.ethnicity !== '01' && people !== undefined && people.pattern !== 'kinh') {
      return ethnicName(random, person, people)
    }
    const surname =
      person.surname ??
      (person.ethnicity === '01' || people === undefined
        ? surnames[person.southern ? 'south' : 'north'].draw(random).surname
        : random.pick(people.surnames))
    let given = reference.givens[person.sex].draw(random)
    for (let tries = 0; tries < 4 && (person.taken.includes(given) || given === surname); tries++) {
      given = reference.givens[person.sex].draw(random)
    }
    const middle = middleName(random, reference, person.sex, person.birthYear, [surname, given])
    return { surname, givenName: given, fullName: `${surname} ${middle}${given}` }
  }
}

/** Shares of `Thị` and `Văn` fall with the year of birth (modelled: 80 % of women born before 1985 -> 12 %). */
function middleName(random: Random, reference: Reference, sex: Sex, year: number, used: readonly string[]): string {
  const classic = sex === 'FEMALE' ? share(year, 1985, 0.8, 2015, 0.12) : share(year, 1970, 0.42, 2010, 0.05)
  const table = reference.middles[sex]
  const other = (): string => {
    const middle = table.draw(random)
    return middle === 'Thị' || middle === 'Văn' || used.includes(middle) ? '' : `${middle} `
  }
  if (random.chance(classic)) {
    return sex === 'FEMALE' ? `Thị ${random.chance(share(year, 1960, 0.1, 1995, 0.45)) ? other() : ''}` : 'Văn '
  }
  return other() || other()
}

/** Linear between two years, level outside. */
function share(year: number, from: number, before: number, to: number, after: number): number {
  if (year <= from) return before
  if (year >= to) return after
  return before + ((after - before) * (year - from)) / (to - from)
}

function ethnicName(
  random: Random,
  person: { sex: Sex; surname: string | null; birthYear: number },
  people: EthnicNaming,
): Name {
  const male = person.sex === 'MALE'
  const spaced = (text: string): string => text.replaceAll('-', ' ')
  const surname = person.surname ?? spaced(random.pick(people.surnames))
  const givenName = spaced(random.pick(male ? people.male : people.female))
  const ready = (fullName: string): Name => ({ surname, givenName, fullName })
  switch (people.pattern) {
    case 'mong':
      return ready(`${surname} ${male ? 'A' : 'Thị'} ${givenName}`)
    case 'khmer':
      return ready(`${surname} ${!male && person.birthYear < 1990 ? 'Thị ' : ''}${givenName}`)
    case 'ede':
      return ready(male ? `Y ${givenName} ${surname}` : `H'${givenName} ${surname}`)
    case 'giarai':
      return ready(`${surname} ${male ? '' : "H'"}${givenName}`)
    case 'single':
      return ready(`${people.surnames[male ? 0 : 1] ?? surname} ${givenName}`)
    default:
      return ready(`${surname} ${givenName}`)
  }
}
