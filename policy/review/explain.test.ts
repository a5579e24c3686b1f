import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import type { Caller } from '../caller.ts'
import { decide, decisionOrder, isInScope, type KnownRow } from '../decide.ts'
import { closedRow, factValues, nothingKnown, rowsWithin } from '../decide-early.ts'
import { levelFor } from '../level-for.ts'
import { loadPolicy } from '../load-policy.ts'
import type { FieldClass, RowFacts } from '../types.ts'
import { askerOfClass, type Asker } from './asker.ts'
import { callerClasses } from './caller-classes.ts'
import { conditionChecks } from './condition-checks.ts'
import { explain } from './explain.ts'
import { scopeMisses } from './scope-checks.ts'
import { smallestChange } from './smallest-change.ts'

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const callers = callerClasses(purposes)
const fields = [...classes.values()].filter(({ level, structure }) => level !== 'L0' && !structure)
const fieldOf = (coordinate: string) => classes.get(coordinate) as FieldClass
const askerOf = (name: string, facts: Partial<RowFacts> = {}): Asker => {
  const found = callers.find((one) => one.name.startsWith(name))
  if (found === undefined) throw new Error(`no caller class ${name}`)
  const asker = askerOfClass(found, purposes)
  return { ...asker, facts: { ...asker.facts, ...facts } }
}
const stranger = { relation: 'OTHER', consent: 'NONE', case: 'NONE', approval: 'NONE' } as const

const anyRow = fc.record(
  Object.fromEntries(Object.entries(factValues).map(([fact, values]) => [fact, fc.constantFrom(...values)])),
) as unknown as fc.Arbitrary<KnownRow>
const anyCaller = fc
  .record({ one: fc.constantFrom(...callers), authnLevel: fc.nat(4), accountLevel: fc.nat(2) })
  .map(({ one, ...levels }): Caller => ({ ...one.caller, ...levels }))
const anyField = fc.constantFrom(...fields)
const isGrant = (outcome: string) => outcome === 'ALLOW' || outcome === 'MASK'

describe('the way through a decision', () => {
  test('ends at the step that failed; what lies behind it was not reached', () => {
    const { decision, path } = explain(rules.rules, askerOf('CIVIL_STATUS', stranger), fieldOf('Citizen.ethnicity'))
    expect(decision).toMatchObject({ outcome: 'DENY', code: 'CASE_REQUIRED', rule: 'civil-status-sensitive' })
    expect(path.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'secrecy PASSED',
      'classified PASSED',
      'caller PASSED',
      'purpose PASSED',
      'basis PASSED',
      'relation PASSED',
      'consent PASSED',
      'assurance PASSED',
      'jurisdiction DEPENDS',
      'case FAILED',
      'approval NOT_REACHED',
      'owner NOT_REACHED',
      'volume NOT_REACHED',
    ])
  })

  test('passes every step exactly where the field is answered', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, facts) => {
        const { decision, path } = explain(rules.rules, { caller, facts, statable: [] }, field)
        expect(path.map(({ step }) => step)).toEqual(decisionOrder)
        expect(path.find(({ state }) => state === 'FAILED')?.step ?? null).toBe(decision.failed)
        expect(path.some(({ state }) => state === 'DEPENDS')).toBe(false)
        if (isGrant(decision.outcome)) expect(path.every(({ state }) => state === 'PASSED')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('why a rule did not match', () => {
  test('scope and conditions are told as the decision judges them', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, fc.constantFrom(...rules.rules), (caller, field, row, rule) => {
        const level = levelFor(field, row.subjectClass)
        const misses = scopeMisses(rule, caller, field, level)
        expect(misses.length === 0).toBe(isInScope(rule, caller, field, level))
        // A volume that ends any grant is no rule's condition.
        const within: KnownRow = { ...row, volume: 'WITHIN' }
        if (misses.length > 0 || field.level === 'L5') return
        const failed = conditionChecks(rule, caller, within).find(({ state }) => state === 'FAILED')
        const alone = decide([rule], caller, field, within)
        if (rule.effect !== 'DENY') expect(failed?.step ?? null).toBe(alone.failed)
      }),
      { numRuns: 3000 },
    )
  })

  test('the nearest come first: the same purpose, one condition away', () => {
    const { nearest } = explain(rules.rules, askerOf('CIVIL_STATUS', stranger), fieldOf('Citizen.ethnicity'))
    expect(nearest[0]).toMatchObject({
      rule: 'civil-status-sensitive',
      failed: [
        {
          step: 'case',
          asked: { vi: 'có hồ sơ đang mở cho trường này', en: 'an open case for this field' },
          found: { vi: 'không có hồ sơ đang mở', en: 'no open case' },
        },
      ],
    })
    expect(nearest.find(({ rule }) => rule === 'civil-status-basic')).toMatchObject({
      failed: [{ step: 'classified', asked: { en: 'level L2' }, found: { en: 'level L3' } }],
    })
  })
})

describe('the smallest change', () => {
  test('names what opens a field, and by which rule and law', () => {
    const asker = askerOf('CIVIL_STATUS', { ...stranger, jurisdiction: 'INSIDE' })
    expect(explain(rules.rules, asker, fieldOf('Citizen.ethnicity')).flip).toMatchObject({
      change: { case: 'COVERS' },
      words: { vi: 'có hồ sơ đang mở cho trường này', en: 'an open case for this field' },
      outcome: 'ALLOW',
      rule: 'civil-status-sensitive',
    })
  })

  test('raises the sign-in, gets a consent, states a purpose', () => {
    const own = askerOf('NONE CITIZEN', { relation: 'SELF', subjectClass: 'ADULT' })
    const weak = { ...own, caller: { ...own.caller, authnLevel: 1 } }
    expect(smallestChange(rules.rules, weak, fieldOf('Citizen.religion'))?.change).toEqual({ authnLevel: 3 })

    const bank = askerOf('CREDIT_ASSESSMENT SYSTEM', stranger)
    expect(smallestChange(rules.rules, bank, fieldOf('Citizen.fullName'))?.change).toEqual({ consent: 'LIVE' })

    const silent = {
      ...bank,
      caller: { ...bank.caller, purpose: null },
      facts: { ...bank.facts, consent: 'LIVE' as const },
    }
    expect(smallestChange(rules.rules, silent, fieldOf('Citizen.fullName'))?.change).toEqual({
      purpose: 'CREDIT_ASSESSMENT',
    })
  })

  test('closes what is open', () => {
    const bank = askerOf('CREDIT_ASSESSMENT SYSTEM', { ...closedRow, consent: 'LIVE' })
    expect(smallestChange(rules.rules, bank, fieldOf('Citizen.fullName'))).toMatchObject({
      change: { consent: 'WITHDRAWN' },
      outcome: 'DENY',
    })
  })

  test('is none where nothing would open the field', () => {
    expect(smallestChange(rules.rules, askerOf('STATISTICS', stranger), fieldOf('Citizen.fullName'))).toBeNull()
  })

  test('turns the verdict over, and no single other fact would where it needs more than one', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, facts) => {
        const flip = smallestChange(rules.rules, { caller, facts, statable: [] }, field)
        const before = decide(rules.rules, caller, field, facts)
        const singles = [...rowsWithin({ ...nothingKnown, volume: facts.volume })].filter(
          (row) => Object.entries(row).filter(([fact, value]) => facts[fact as keyof KnownRow] !== value).length === 1,
        )
        const turned = singles.filter(
          (row) =>
            row.subjectClass === facts.subjectClass &&
            isGrant(decide(rules.rules, caller, field, row).outcome) !== isGrant(before.outcome),
        )
        if (flip === null) {
          expect(turned).toEqual([])
          return
        }
        const { authnLevel, accountLevel, purpose: _none, ...changed } = flip.change
        const other: Caller = {
          ...caller,
          authnLevel: authnLevel ?? caller.authnLevel,
          accountLevel: accountLevel ?? caller.accountLevel,
        }
        const after = decide(rules.rules, other, field, { ...facts, ...changed })
        expect(after).toMatchObject({ outcome: flip.outcome, rule: flip.rule })
        expect(isGrant(after.outcome)).not.toBe(isGrant(before.outcome))
        if (Object.keys(flip.change).length > 1)
          expect(turned.filter(({ relation }) => relation === facts.relation)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
