import { twoDigits } from './calendar.ts'
import { createPermutation } from './permutation.ts'
import type { Sex } from './types.ts'

/** Suffixes below are kept for the named people of fixed-people.yaml. */
const firstDrawn = 1000
const suffixes = 1_000_000 - firstDrawn

/**
 * Fourth digit: century and sex (structure of NĐ 137/2015 kept by NĐ 70/2024): 1900s 0/1, 2000s 2/3, male even.
 */
export function centurySexDigit(year: number, sex: Sex): number {
  return (Math.floor(year / 100) - 19) * 2 + (sex === 'FEMALE' ? 1 : 0)
}

/**
 * What a personal number says: 12 digits, `9` and two digits of the place of birth registration (63-province table
 * before 2025-07-01, the 34 codes after; 97-99 abroad), century and sex, year, six digits. No check digit exists.
 * Null for anything that is not such a number.
 */
export function partsOfPersonalNumber(
  number: string,
): { placeCode: string; year: number; sex: Sex; suffix: number } | null {
  if (!/^9\d{11}$/.test(number)) return null
  const centurySex = Number(number[3])
  return {
    placeCode: number.slice(1, 3),
    year: (19 + Math.floor(centurySex / 2)) * 100 + Number(number.slice(4, 6)),
    sex: centurySex % 2 === 1 ? 'FEMALE' : 'MALE',
    suffix: Number(number.slice(6)),
  }
}

/**
 * Gives out personal numbers. Unique by construction: within each place, century, sex and year the six digits walk a
 * permutation, so no number given out needs remembering. Throws when one of these runs out (999,000 people).
 */
export function createNumbering(seed: number): (placeCode: string, year: number, sex: Sex) => string {
  const given = new Map<string, { count: number; suffixAt: (index: number) => number }>()
  return (placeCode, year, sex) => {
    const stem = `9${placeCode}${centurySexDigit(year, sex)}${twoDigits(year % 100)}`
    let bucket = given.get(stem)
    if (bucket === undefined) {
      bucket = { count: 0, suffixAt: createPermutation(suffixes, `number/${seed}/${stem}`) }
      given.set(stem, bucket)
    }
    return stem + String(firstDrawn + bucket.suffixAt(bucket.count++)).padStart(6, '0')
  }
}
