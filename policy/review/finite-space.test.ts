import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { factValues } from '../decide-early.ts'
import type { FieldClass } from '../types.ts'
import { finiteSpace, type Box, type Point } from './finite-space.ts'
import { loadBundle } from './load-bundle.ts'

const bundle = loadBundle()
const space = finiteSpace([bundle])
const values = { ...factValues, accountLevel: [0, 1, 2], authnLevel: [0, 1, 2, 3, 4] }
const axes = Object.keys(values) as (keyof Point)[]
const inBox = (box: Box, point: Point) => axes.every((axis) => (box[axis] as readonly unknown[]).includes(point[axis]))

const anyPoint = fc.record(
  Object.fromEntries(axes.map((axis) => [axis, fc.constantFrom(...(values[axis] as readonly unknown[]))])),
) as fc.Arbitrary<Point>
const anyRegion = fc.constantFrom(...space)
const member = <T>(list: readonly T[], index: number): T => list[index % list.length]!
const verdictAt = (region: (typeof space)[number], { caller, coordinate, point }: Question) => {
  const { accountLevel, authnLevel, ...row } = point
  expect(region.coordinates).toContain(coordinate)
  return decide(bundle.rules, { ...caller, accountLevel, authnLevel }, bundle.classes.get(coordinate), row)
}
type Question = { caller: (typeof space)[number]['callers'][number]['caller']; coordinate: string; point: Point }

describe('the finite space', () => {
  test('holds every caller and field once, and every point of them in one box', () => {
    const pairs = space.reduce((sum, { callers, coordinates }) => sum + callers.length * coordinates.length, 0)
    const callers = new Set(space.flatMap((region) => region.callers.map(({ name }) => name)))
    expect(pairs).toBe(callers.size * bundle.classes.size)
    const whole = axes.reduce((product, axis) => product * values[axis].length, 1)
    for (const { verdicts } of space) {
      const sizes = verdicts.map(({ box }) => axes.reduce((product, axis) => product * box[axis].length, 1))
      expect(sizes.reduce((a, b) => a + b)).toBe(whole)
    }
    fc.assert(
      fc.property(anyRegion, anyPoint, (region, point) => {
        expect(region.verdicts.filter(({ box }) => inBox(box, point))).toHaveLength(1)
      }),
    )
  })

  test('gives the verdict that decide gives, at any point for any caller and field of a region', () => {
    fc.assert(
      fc.property(anyRegion, fc.nat(), fc.nat(), anyPoint, (region, one, other, point) => {
        const { caller } = member(region.callers, one)
        const found = region.verdicts.find(({ box }) => inBox(box, point))
        const verdict = verdictAt(region, { caller, coordinate: member(region.coordinates, other), point })
        expect(verdict).toEqual(found?.decisions[0])
      }),
      { numRuns: 3000 },
    )
  })

  test('puts fields in one class only where they always get the same verdict', () => {
    fc.assert(
      fc.property(anyRegion, fc.nat(), fc.nat(), fc.nat(), anyPoint, (region, who, one, other, point) => {
        const { caller } = member(region.callers, who)
        const [a, b] = [one, other].map((index) => member(region.coordinates, index)) as [string, string]
        expect(verdictAt(region, { caller, coordinate: a, point })).toEqual(
          verdictAt(region, { caller, coordinate: b, point }),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('has an axis for everything decide reads of caller, field and row', () => {
    const read = new Set<string>()
    const watched = <T extends object>(value: T): T =>
      new Proxy(value, {
        get: (target, key) => {
          read.add(String(key))
          return Reflect.get(target, key) as unknown
        },
      })
    const fields = [...bundle.classes.values()]
    for (const { callers } of space)
      for (const field of fields.slice(0, 120))
        decide(
          bundle.rules,
          watched(callers[0]!.caller),
          watched<FieldClass>(field),
          watched({
            subjectClass: 'CHILD_7_17',
            relation: 'OTHER',
            jurisdiction: 'INSIDE',
            consent: 'LIVE',
            case: 'COVERS',
            approval: 'GIVEN',
            volume: 'WITHIN',
          }),
        )
    const ofCaller = ['kind', 'orgKind', 'roles', 'purpose', 'delegated']
    // Sharing, importance, secrecy, owner and the rest act through the level alone.
    const ofField = ['coordinate', 'type', 'domain', 'personal', 'inferring', 'level', 'mask', 'structure']
    expect([...read].filter((name) => ![...ofCaller, ...ofField, ...axes].includes(name))).toEqual([])
    expect([...read]).toEqual(expect.arrayContaining(['kind', 'purpose', 'level', 'domain', 'relation']))
  })
})
