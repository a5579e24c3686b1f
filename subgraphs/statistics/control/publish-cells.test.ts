import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Count } from './counts.ts'
import { publishCells, type CountedCategory, type Units } from './publish-cells.ts'
import { createRoundCell } from './round-cell.ts'

const units: Units = new Map(
  ['01', '04', '08'].map((province) => [province, ['1', '2', '3', '4', '5'].map((last) => `${province}00${last}`)]),
)
const communes = [...units.values()].flat()
const round = createRoundCell(new Uint8Array(32))
const categoryOf = (values: readonly number[], changes: Partial<CountedCategory> = {}): CountedCategory => ({
  stamp: 'population|',
  counts: new Map(communes.map((unit, index): [string, Count] => [unit, countOf(values[index] ?? 0)])),
  byCommune: true,
  threshold: 5,
  base: 5,
  withheld: new Set(),
  ...changes,
})
const countOf = (value: number): Count => ({ contributors: value, value, largest: Math.min(value, 1) })
const people = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: communes.length, maxLength: communes.length })

test('every larger area is the sum of what is shown and one rest, each near the truth', () => {
  fc.assert(
    fc.property(people, (values) => {
      const cells = publishCells(categoryOf(values), units, round)
      for (const [province, parts] of units) {
        const whole = cells.get(province)
        if (whole === undefined) continue
        const truth = parts.reduce((sum, unit) => sum + (values[communes.indexOf(unit)] ?? 0), 0)
        expect(whole.value % 5).toBe(0)
        expect(Math.abs(whole.value - truth)).toBeLessThan(5 * whole.cells)
        const shown = parts.filter((unit) => cells.has(unit))
        // Nothing hidden, or two at least: no sum less the others is one cell.
        expect(parts.length - shown.length).not.toBe(1)
      }
    }),
  )
})

test('one small commune takes another with it', () => {
  const cells = publishCells(categoryOf([3, 9, 20, 20, 20, ...Array.from({ length: 10 }, () => 20)]), units, round)
  expect([...cells.keys()].filter((unit) => unit.startsWith('0100'))).toEqual(['01003', '01004', '01005'])
})

test('an empty commune looks like a small one', () => {
  const empty = publishCells(categoryOf([0, 9, 20, 20, 20]), units, round)
  const small = publishCells(categoryOf([2, 9, 20, 20, 20]), units, round)
  expect([...empty.keys()]).toEqual([...small.keys()])
})

test('a sum of which one contributor is more than half is not shown', () => {
  const counts = new Map(communes.map((unit): [string, Count] => [unit, { contributors: 9, value: 900, largest: 100 }]))
  counts.set('01001', { contributors: 9, value: 900, largest: 500 })
  expect(publishCells(categoryOf([], { counts }), units, round).has('01001')).toBe(false)
})

test('where a nation is too small nothing is shown at all', () => {
  expect(publishCells(categoryOf([1, 2]), units, round).size).toBe(0)
})

test('rounding is unbiased: over many cells it neither adds nor takes', () => {
  const cells = Array.from({ length: 4000 }, (_, index) => round(`cell ${index}`, 12, 5))
  expect(new Set(cells)).toEqual(new Set([10, 15]))
  expect(cells.reduce((sum, value) => sum + value, 0) / cells.length).toBeCloseTo(12, 0)
})
