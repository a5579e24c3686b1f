import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { factValues } from '../decide-early.ts'
import { cedarDifferences } from './cedar-differences.ts'
import { cedarProblems, createCedarEngine } from './cedar-outcome.ts'
import { cedarCaller, cedarField } from './cedar-schema.ts'
import type { Point } from './finite-space.ts'
import { loadBundle } from './load-bundle.ts'
import { notStatable, spaceCallers } from './space-callers.ts'

const bundle = loadBundle()

describe('the rules exported to Cedar', () => {
  test("hold before Cedar's own validator", () => {
    expect(cedarProblems(bundle)).toEqual([])
  })

  test('give the outcomes that decide gives, over a twentieth of the space', () => {
    const { asked, differences } = cedarDifferences(bundle, 20)
    expect(asked).toBeGreaterThan(300)
    expect(differences).toEqual([])
  }, 120_000)

  test('and at any point, also for callers who may not state their purpose', () => {
    const engine = createCedarEngine(bundle)
    const stated = spaceCallers([bundle])
    const unstated = bundle.purposes.all.map(({ code }) => ({
      name: `${code} by a citizen`,
      caller: { ...stated[1]!.caller, purpose: code },
      statableIn: [false],
    }))
    const point = fc.record({
      ...(Object.fromEntries(
        Object.entries(factValues).map(([fact, values]) => [fact, fc.constantFrom(...(values as readonly unknown[]))]),
      ) as { [fact in keyof typeof factValues]: fc.Arbitrary<never> }),
      accountLevel: fc.integer({ min: 0, max: 2 }),
      authnLevel: fc.integer({ min: 0, max: 4 }),
    }) as fc.Arbitrary<Point>
    const anyField = fc.constantFrom(...bundle.classes.values())
    fc.assert(
      fc.property(fc.constantFrom(...stated, ...unstated), anyField, point, (asker, field, at) => {
        const { accountLevel, authnLevel, ...row } = at
        const ours = asker.statableIn[0]
          ? decide(bundle.rules, { ...asker.caller, accountLevel, authnLevel }, field, row)
          : notStatable
        expect(engine(cedarCaller(asker), cedarField(field), at)).toBe(ours.outcome)
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  test('differ where one of the engines has another rule', () => {
    const engine = createCedarEngine({ ...bundle, rules: bundle.rules.filter(({ id }) => id !== 'self-basic') })
    const me = spaceCallers([bundle]).find(({ name }) => name === 'NONE CITIZEN')!
    const name = cedarField(bundle.classes.get('Citizen.fullName')!)
    const own: Point = {
      subjectClass: 'ADULT',
      relation: 'SELF',
      jurisdiction: 'OUTSIDE',
      consent: 'NONE',
      case: 'NONE',
      approval: 'NONE',
      volume: 'WITHIN',
      accountLevel: 2,
      authnLevel: 3,
    }
    expect(engine(cedarCaller(me), name, own)).toBe('DENY')
    expect(createCedarEngine(bundle)(cedarCaller(me), name, own)).toBe('ALLOW')
  })
})
