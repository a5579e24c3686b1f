import type { Person } from '../../../synthetic/types.ts'

/**
 * The first month of the pension by the usual age: 60 years for men and 55 for women up to 2020, then 3 months more a
 * year up to 62 years and 4 months more up to 60 years (Labour Code 2019; NĐ 135/2020/NĐ-CP). `birth` is the month of
 * birth.
 */
export function retirementMonth(person: Pick<Person, 'sex'>, birth: number): number {
  const [first, step, last] = person.sex === 'MALE' ? [720, 3, 744] : [660, 4, 720]
  // The age that is asked for depends on the year it is reached in.
  for (let age = first; age < last; age += step) {
    const reached = birth + age
    const wanted = Math.min(last, first + step * Math.max(0, Math.floor(reached / 12) - 2020))
    if (age >= wanted) return reached + 1
  }
  return birth + last + 1
}
