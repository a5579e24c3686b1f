import { expect, test } from 'vitest'
import { parse } from 'graphql'
import { listSizes } from './list-sizes.ts'
import { loadGraph } from './load-graph.ts'

test('the length of a list is read where the schema says one', () => {
  const sizes = listSizes(
    parse('type A { b: [A] @listSize(assumedSize: 7) c: [A] d: [A] @listSize(slicingArguments: []) }'),
  )
  expect([...sizes]).toEqual([['A.b', 7]])
})

test('the longest lists of the graph are known by their length', () => {
  const sizes = loadGraph().listSizes
  expect(sizes.get('Query.communes')).toBe(168)
  expect(sizes.get('Query.provinces')).toBe(34)
})
