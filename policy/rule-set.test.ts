import { describe, expect, test } from 'vitest'
import { createRuleSet } from './rule-set.ts'

const grant = (over = '', conditions = '{ authn: 3, jurisdiction: true, case: true }') => `rules:
  - id: one
    title: { vi: Một, en: One }
    effect: ALLOW
    basis: 19.1.c
    citation: Luật 91/2025/QH15, Điều 19 khoản 1 điểm c
    scope: { levels: [L3], purposes: [CIVIL_STATUS]${over} }
    conditions: ${conditions}
`
const load = (text: string, domain: string | null = 'land') =>
  createRuleSet([{ name: 'land/rules.yaml', text, domain }], ['CIVIL_STATUS'], 'purposes')
const fault = (text: string, domain: string | null = 'land'): string => {
  try {
    load(text, domain)
    return 'no fault'
  } catch (error) {
    return (error as Error).message
  }
}

describe('a rule file is refused, naming line and field, when', () => {
  test.each([
    ['it is not YAML', 'rules: [', /^land\/rules\.yaml:\d+ /],
    [
      'a word is not in the vocabulary',
      grant(', colours: [RED]'),
      /land\/rules\.yaml:7 rules\.0\.scope: Unrecognized key: "colours"/,
    ],
    [
      'a purpose is not registered',
      grant().replace('CIVIL_STATUS', 'CURIOSITY'),
      /:7 rules\.0\.scope\.purposes: no purpose CURIOSITY/,
    ],
    [
      'it speaks of another database',
      grant(', domains: [health]'),
      /:7 rules\.0\.scope\.domains: rules of land speak of land alone/,
    ],
    ['an id stands twice', `${grant()}${grant().replace('rules:\n', '')}`, /:2 rules: an id stands twice/],
    [
      'sensitive data opens without a case',
      grant('', '{ authn: 3, jurisdiction: true }'),
      /:8 rules\.0\.conditions(\.case)?: L3 without consent needs an open case/,
    ],
    [
      'sensitive data opens below level 3',
      grant('', '{ authn: 2, jurisdiction: true, case: true }'),
      /:8 rules\.0\.conditions\.authn: L3 and above need authn 3/,
    ],
    [
      'a purpose alone opens personal data',
      grant('', '{ authn: 3 }'),
      /rules\.0\.conditions: a grant on others needs consent, jurisdiction or a case/,
    ],
    [
      'a private organisation reads without consent',
      grant(', organisationKinds: [PRIVATE]'),
      /private organisations read by consent alone/,
    ],
    [
      'special data opens to an official',
      grant().replace('L3', 'L4'),
      /L4 opens to the child and the representative, or by a case, an approval/,
    ],
    [
      'no purpose is named',
      grant().replace(', purposes: [CIVIL_STATUS]', ''),
      /a grant on personal data names its purposes/,
    ],
  ])('%s', (_name, text, message) => {
    expect(fault(text)).toMatch(message)
  })
})

test('a faultless file is taken, and its rules speak of its own database alone', () => {
  expect(load(grant()).rules[0]?.scope.domains).toEqual(['land'])
})

test('the hash changes with any rule and with the purposes', () => {
  const hashes = [
    load(grant()),
    load(grant().replace('authn: 3', 'authn: 4')),
    createRuleSet([{ name: 'x', text: grant(), domain: 'land' }], ['CIVIL_STATUS'], 'other'),
  ]
  expect(new Set(hashes.map((set) => set.hash)).size).toBe(3)
})
