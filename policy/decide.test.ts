import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Caller } from './caller.ts'
import { classFromCase } from './class-from-case.ts'
import { decide, isCounted, strictest, type KnownRow } from './decide.ts'
import { closedRow as elsewhere, decideEarly, factValues, nothingKnown } from './decide-early.ts'
import { loadPolicy } from './load-policy.ts'
import type { Decision, FieldClass } from './types.ts'

type Case = {
  it: string
  as: string
  field: string
  row?: Partial<KnownRow>
  outcome: string
  rule?: string
  code?: string
}
type Cases = {
  callers: Record<string, Caller>
  fields: Record<string, Partial<FieldClass> & { coordinate: string }>
  cases: Case[]
}

const { rules } = loadPolicy().rules
const file = parse(readFileSync(join(import.meta.dirname, 'decide.cases.yaml'), 'utf8')) as Cases
const fields = new Map(Object.entries(file.fields).map(([name, field]) => [name, classFromCase(field)]))
const callers = new Map(Object.entries(file.callers))

describe('the table of purposes', () => {
  test.each(file.cases)('$it', ({ as, field, row, outcome, rule, code }) => {
    const caller = callers.get(as)
    if (caller === undefined || !fields.has(field)) throw new Error(`no such caller or field: ${as}, ${field}`)
    const decision = decide(rules, caller, fields.get(field), { ...elsewhere, ...row })
    expect(decision.outcome).toBe(outcome)
    if (rule !== undefined) expect(decision.rule).toBe(rule)
    expect(decision.code).toBe(code ?? (outcome === 'ALLOW' || outcome === 'MASK' ? null : decision.code))
  })
})

const anyRow = fc.record({
  subjectClass: fc.constantFrom(...factValues.subjectClass),
  relation: fc.constantFrom(...factValues.relation),
  jurisdiction: fc.constantFrom(...factValues.jurisdiction),
  consent: fc.constantFrom(...factValues.consent),
  case: fc.constantFrom(...factValues.case),
  approval: fc.constantFrom(...factValues.approval),
  volume: fc.constantFrom(...factValues.volume),
})
const anyCaller = fc.constantFrom(...callers.values())
const anyField = fc.constantFrom(...fields.values())

describe('decide', () => {
  test('gives the same verdict for the same question', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        expect(decide(rules, caller, field, row)).toEqual(decide(rules, caller, field, row))
      }),
    )
  })

  test('reads nothing of caller and row but the axes of the space', () => {
    const read = new Set<string>()
    const watched = <T extends object>(value: T, name: string): T =>
      new Proxy(value, {
        get: (target, key) => {
          read.add(`${name}.${String(key)}`)
          return Reflect.get(target, key) as unknown
        },
      })
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        decide(rules, watched(caller, 'caller'), field, watched(row, 'row'))
      }),
      { numRuns: 500 },
    )
    const axes = [
      ...Object.keys(file.callers['citizen'] ?? {}).map((key) => `caller.${key}`),
      ...Object.keys(factValues).map((key) => `row.${key}`),
    ]
    expect([...read].filter((name) => !axes.includes(name))).toEqual([])
  })

  test('denies a field that has no class', () => {
    fc.assert(
      fc.property(anyCaller, anyRow, (caller, row) => {
        expect(decide(rules, caller, undefined, row)).toMatchObject({ outcome: 'DENY', failed: 'classified' })
      }),
    )
  })

  test('gives every refusal a code, a rule and a citation', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        const { outcome, code, rule, citation } = decide(rules, caller, field, row)
        expect(rule).not.toBe('')
        expect(citation).not.toBe('')
        expect(code === null).toBe(outcome === 'ALLOW' || outcome === 'MASK')
      }),
    )
  })

  test('denies everything without rules but structure', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        expect(decide([], caller, field, row).outcome).toBe('DENY')
      }),
    )
  })
})

describe('decideEarly', () => {
  test('never refuses for good what some row would open, and is definite only where every row agrees', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        const early = decideEarly(rules, caller, field, nothingKnown)
        const late = decide(rules, caller, field, { ...row, volume: 'WITHIN' })
        const isOpen = (decision: Decision) => decision.outcome === 'ALLOW' || decision.outcome === 'MASK'
        if (isOpen(late)) expect(isOpen(early)).toBe(true)
        if (isOpen(early) && !early.conditional) expect(late).toEqual({ ...early, conditional: false })
      }),
    )
  })

  test('equals decide where everything is known', () => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        expect(decideEarly(rules, caller, field, row)).toEqual(decide(rules, caller, field, row))
      }),
    )
  })
})

test('the strictest verdict of several people holds', () => {
  const name = fields.get('name')
  const citizen = callers.get('citizen') as Caller
  const own = decide(rules, citizen, name, { ...elsewhere, relation: 'SELF' })
  const other = decide(rules, citizen, name, elsewhere)
  expect(strictest([own, other])).toEqual(other)
  expect(strictest([other, own])).toEqual(other)
})

describe('past the thresholds of volume', () => {
  test.each([
    ['IMPORTANT', 'APPROVAL_REQUIRED'],
    ['CORE', 'VOLUME_LIMIT'],
  ] as const)("at %s what others would be told ends with %s, and what is one's own goes on", (volume, code) => {
    fc.assert(
      fc.property(anyCaller, anyField, anyRow, (caller, field, row) => {
        const before = decide(rules, caller, field, { ...row, volume: 'WITHIN' })
        const after = decide(rules, caller, field, { ...row, volume })
        if (isCounted(before))
          expect(after).toMatchObject({ outcome: 'DENY', code, failed: 'volume', rule: before.rule })
        else expect(after).toEqual(before)
      }),
    )
  })
})
