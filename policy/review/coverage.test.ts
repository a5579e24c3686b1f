import { describe, expect, test } from 'vitest'
import type { Rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import { coverage } from './coverage.ts'
import { loadBundle } from './load-bundle.ts'
import { ruleEffects } from './rule-effects.ts'
import { rulesOfDecideCases, rulesOfGoldenCases } from './tested-rules.ts'

const whole = loadBundle()
/** A part of the graph, so that it is walked quickly; with the rules that speak there. */
const classes = new Map([...whole.classes].filter(([, { type }]) => type === 'Citizen'))
const own = whole.rules.filter(({ id }) => ['self-basic', 'self-sensitive', 'civil-status-basic'].includes(id))
const bundle = { ...whole, classes, rules: own }
const selfBasic = own[0] as Rule
const dictionary = new Map([...classes.values()].map(({ dict }) => [dict, { source: 'a source' }]))
const tested = new Set(own.map(({ id }) => id))

describe('rules without effect', () => {
  test('are none where every rule opens something of its own', () => {
    expect(ruleEffects(bundle)).toEqual({ dead: [], shadowed: [] })
  })

  test('are those that speak of nothing, that others cover, and that stand twice', () => {
    const twice: Rule = { ...selfBasic, id: 'said-twice' }
    const narrower: Rule = {
      ...selfBasic,
      id: 'narrower',
      scope: { ...selfBasic.scope, coordinates: ['Citizen.fullName'] },
    }
    const nowhere: Rule = { ...selfBasic, id: 'nowhere', scope: { ...selfBasic.scope, types: ['Nothing'] } }
    expect(ruleEffects({ ...bundle, rules: [...own, twice, nowhere] })).toEqual({
      dead: ['said-twice', 'nowhere'],
      // The first of two that say the same decides; without it the other would.
      shadowed: ['self-basic'],
    })
    // First of the two, so it decides; without it nothing would differ.
    expect(ruleEffects({ ...bundle, rules: [narrower, ...own] })).toEqual({ dead: [], shadowed: ['narrower'] })
  })
})

test('coverage finds what escaped', () => {
  expect(coverage({ bundle, dictionary, tested }).findings).toEqual([])
  const name = classes.get('Citizen.fullName') as FieldClass
  const escaped = {
    ...bundle,
    classes: new Map([
      ...classes,
      ['Citizen.fullName', { ...name, owner: 'NOBODY', dict: 'x-none', level: 'L5' as const }],
    ]),
  }
  const { findings } = coverage({ bundle: escaped, dictionary, tested: new Set(['self-basic']) })
  expect(findings.map(({ name: what, reason }) => `${what} ${reason.en}`)).toEqual([
    'Citizen.fullName has no owner among the organisations',
    'Citizen.fullName stands in no dictionary',
    'Citizen.fullName is of level L5, which no graph may hold',
    'self-sensitive is a rule that no test rests on',
    'civil-status-basic is a rule that no test rests on',
  ])
})

describe('rules that tests rest on', () => {
  const caller = {
    kind: 'CITIZEN',
    orgKind: null,
    roles: [],
    purpose: null,
    delegated: false,
    accountLevel: 2,
    authnLevel: 3,
  } as const
  const cases = (outcome: string, relation: string) =>
    JSON.stringify({
      callers: { citizen: caller },
      fields: { name: { coordinate: 'Citizen.fullName', personal: ['B1'] } },
      cases: [{ as: 'citizen', field: 'name', row: { relation }, outcome }],
    })

  test('are those that decide a case, not those a refusal came nearest to', () => {
    expect([...rulesOfDecideCases(cases('ALLOW', 'SELF'), own)]).toEqual(['self-basic'])
    expect([...rulesOfDecideCases(cases('DENY', 'OTHER'), own)]).toEqual([])
    expect([...rulesOfDecideCases(cases('MASK', 'SELF'), own)]).toEqual([])
  })

  test('are the only ones in scope of a line of a log', () => {
    const golden = JSON.stringify([{ as: 'citizen', log: ['ALLOW Citizen.fullName', 'DENY Citizen.ethnicity'] }])
    const found = (rules: readonly Rule[]) => [...rulesOfGoldenCases(golden, rules, classes, () => caller)]
    expect(found(own)).toEqual(['self-basic'])
    expect(found([...own, { ...selfBasic, id: 'another' }])).toEqual([])
  })
})
