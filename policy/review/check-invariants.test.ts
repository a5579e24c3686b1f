import { describe, expect, test } from 'vitest'
import type { Rule } from '../rule.ts'
import { checkInvariants } from './check-invariants.ts'
import { invariantsFromYaml } from './invariant.ts'
import { loadBundle } from './load-bundle.ts'

const bundle = loadBundle()
/** A part of the graph, so that it is walked quickly. */
const part = new Map([...bundle.classes].filter(([, { type }]) => ['Citizen', 'Visit', 'Disclosure'].includes(type)))
const edited = (id: string, edit: (rule: Rule) => Rule) => ({
  ...bundle,
  classes: part,
  rules: bundle.rules.map((rule) => (rule.id === id ? edit(rule) : rule)),
})
const broken = (results: ReturnType<typeof checkInvariants>) =>
  results.filter(({ holds, pairs }) => !holds && pairs > 0)

describe('the statements of invariants.yaml', () => {
  test('hold over the whole space, and each speaks of something', () => {
    expect(bundle.invariants.length).toBeGreaterThanOrEqual(15)
    expect(checkInvariants(bundle).filter(({ holds }) => !holds)).toEqual([])
  })

  test('a rule loosened by one word breaks one, with the request that shows it', () => {
    const loose = edited('civil-status-sensitive', (rule) => ({
      ...rule,
      conditions: { ...rule.conditions, case: undefined } as Rule['conditions'],
    }))
    expect(broken(checkInvariants(loose))).toMatchObject([
      {
        id: 'sensitive-data-without-consent-needs-a-case',
        counterexample: {
          caller: 'CIVIL_STATUS OFFICIAL STATE_AGENCY civil-status-officer',
          outcome: 'ALLOW',
          rule: 'civil-status-sensitive',
          point: { jurisdiction: 'INSIDE', case: 'NONE', consent: 'NONE', relation: 'OTHER' },
        },
      },
    ])
  })

  test('a denial that goes breaks what it held', () => {
    const open = edited('statistics-never-rows', (rule) => ({ ...rule, effect: 'ALLOW' as const }))
    expect(broken(checkInvariants(open)).map(({ id }) => id)).toContain('analyst-never-gets-a-row')
  })

  test('a statement that speaks of no field any more does not hold', () => {
    const text = `invariants: [{ id: empty, says: { vi: v, en: e }, citation: c, fields: { types: [Nothing] }, never: [ALLOW] }]`
    expect(checkInvariants({ ...bundle, classes: part, invariants: invariantsFromYaml(text) })).toMatchObject([
      { holds: false, pairs: 0 },
    ])
  })

  test('a word outside the vocabulary is refused with its line', () => {
    const text =
      'invariants:\n  - id: a\n    says: { vi: v, en: e }\n    citation: c\n    rows: { weather: [RAIN] }\n    never: [ALLOW]\n'
    expect(() => invariantsFromYaml(text)).toThrow(/policy\/invariants\.yaml:5 .*weather/)
  })
})
