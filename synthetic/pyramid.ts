import type { Reference } from './reference.ts'
import type { Random, Sex } from './types.ts'
import { createWeightedTable } from './weighted-table.ts'

/** Keeps the ages that are given out close to the age pyramid, by preferring what is still missing. */
export type Pyramid = {
  /** A living person's age and sex, between two ages, missing bands first. */
  draw: (random: Random, minAge: number, maxAge: number, sex?: Sex) => { age: number; sex: Sex }
  /** Above 1 where people of this age and sex are still missing, below 1 where there are too many. */
  wanted: (sex: Sex, age: number) => number
  count: (sex: Sex, age: number) => void
}

const bandOf = (age: number): number => Math.min(17, Math.floor(age / 5))
const sexes: readonly Sex[] = ['MALE', 'FEMALE']
/** Persons after which the counts begin to steer. */
const inertia = 150
/** How strongly a shortage draws people. */
const pull = 7

/** A pyramid that starts empty; nobody is counted but by `count`. */
export function createPyramid(reference: Reference): Pyramid {
  const everybody = reference.pyramid.reduce((sum, band) => sum + band.MALE + band.FEMALE, 0)
  const cells = reference.pyramid.flatMap((band, index) =>
    sexes.map((sex) => ({ band: index, sex, share: band[sex] / everybody, counted: 0 })),
  )
  const cellOf = (sex: Sex, age: number) => cells[bandOf(age) * 2 + (sex === 'FEMALE' ? 1 : 0)]
  let counted = 0

  const wanted = (sex: Sex, age: number): number => {
    const cell = cellOf(sex, age)
    return cell ? (cell.share * (counted + inertia)) / (cell.counted + cell.share * inertia) : 0
  }

  return {
    wanted,
    draw: (random, minAge, maxAge, sex) => {
      const eligible = cells.filter(
        (cell) => cell.band >= bandOf(minAge) && cell.band <= bandOf(maxAge) && (sex === undefined || cell.sex === sex),
      )
      const table = createWeightedTable(eligible, (cell) => cell.share * wanted(cell.sex, cell.band * 5) ** pull)
      const cell = table.draw(random)
      return { age: Math.min(maxAge, Math.max(minAge, ageInBand(random, cell.band))), sex: cell.sex }
    },
    count: (sex, age) => {
      const cell = cellOf(sex, age)
      if (cell) cell.counted++
      counted++
    },
  }
}

function ageInBand(random: Random, band: number): number {
  if (band < 17) return band * 5 + random.int(0, 4)
  return Math.min(104, 85 + Math.floor(-4.5 * Math.log(1 - random.next())))
}
