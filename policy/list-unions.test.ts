import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListUnions } from './list-unions.ts'

const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')).map((all) => all.toSorted())

test('a union has everything of both, once and sorted', () => {
  fc.assert(
    fc.property(list, list, (one, other) => {
      expect(createListUnions()(one, other)).toEqual([...new Set([...one, ...other])].toSorted())
    }),
  )
})

test('lists joined again, or in another order, give the same object', () => {
  const union = createListUnions()
  const [a, b, c] = [['a'], ['b'], ['c']]
  expect(union(union(a, b), c)).toBe(union(union(a, b), c))
  expect(union(union(a, b), c)).toBe(union(union(c, a), b))
})
