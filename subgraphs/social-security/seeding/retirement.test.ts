import { expect, it } from 'vitest'
import { isoFromMonth, monthFromIso } from './months.ts'
import { retirementMonth } from './retirement.ts'

it.each([
  ['MALE', '1954-03', '2014-04', '60 years up to 2020'],
  ['MALE', '1960-11', '2020-12', '60 years up to 2020'],
  ['MALE', '1961-01', '2021-05', '60 years and 3 months in 2021'],
  ['MALE', '1964-02', '2025-06', '61 years and 3 months in 2025'],
  ['MALE', '1965-01', '2026-08', '61 years and 6 months in 2026'],
  ['MALE', '1970-01', '2032-02', '62 years since 2028'],
  ['FEMALE', '1956-01', '2011-02', '55 years up to 2020'],
  ['FEMALE', '1969-02', '2025-11', '56 years and 8 months in 2025'],
  ['FEMALE', '1969-05', '2026-06', '57 years in 2026'],
  ['MALE', '1961-09', '2022-01', 'the year the age is reached in counts'],
  ['MALE', '1961-10', '2022-05', '60 years and 6 months in 2022'],
  ['FEMALE', '1990-01', '2050-02', '60 years since 2035'],
] as const)('a %s born in %s draws a pension from %s: %s', (sex, born, from, _rule) => {
  expect(isoFromMonth(retirementMonth({ sex }, monthFromIso(born))).slice(0, 7)).toBe(from)
})
