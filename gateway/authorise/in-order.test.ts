import fc from 'fast-check'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'
import type { ShapeField } from '../../policy/operation/shape.ts'

const field = (key: string, children: ShapeField[] = []): ShapeField => ({
  key,
  coordinate: `T.${key}`,
  on: null,
  conditions: [],
  cut: null,
  isStub: false,
  children,
  hasCut: false,
  isOfNamed: false,
})
const shape = [field('me', [field('name'), field('visits', [field('at'), field('cost')])]), field('other')]
const inQueryOrder = [
  undefined,
  ['me', 'name'],
  ['me', 'visits', 0, 'at'],
  ['me', 'visits', 0, 'cost'],
  ['me', 'visits', 2, 'at'],
  ['me', 'visits', 10, 'at'],
  ['other'],
]

test('errors stand in the order of the query and the rows, however they arrived', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(inQueryOrder, { minLength: inQueryOrder.length }), (arrived) => {
      const errors = arrived.map((path) => new GraphQLError('x', path === undefined ? {} : { path }))
      expect(inOrder(shape, errors).map(({ path }) => path)).toEqual(inQueryOrder)
    }),
  )
})
