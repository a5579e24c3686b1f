import { expect, it } from 'vitest'
import { createWeightedTable, tableFromShares } from './weighted-table.ts'

it('draws in proportion, never what has no weight', () => {
  const table = createWeightedTable(['none', 'one', 'three'], (item) => ({ none: 0, one: 1, three: 3 })[item] ?? 0)
  const units = Array.from({ length: 1000 }, (_, index) => table.at(index / 1000))
  expect(units.filter((item) => item === 'none')).toEqual([])
  expect(units.filter((item) => item === 'three')).toHaveLength(750)
  expect(() => createWeightedTable(['none'], () => 0)).toThrow(RangeError)
  expect(tableFromShares('01:75 02:25').at(0.9)).toBe('02')
})
