import { parse } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import { introspectionFragments } from './introspection-fragments.ts'

const document = parse(`
  { ... @include(if: true) { __schema { types { ...Full } } } me { ...Person } }
  fragment Full on __Type { name ofType { ...Ref } }
  fragment Ref on __Type { kind ofType { ...Ref2 } }
  fragment Ref2 on __Type { kind }
  fragment Person on Citizen { fullName }
`)
const [operation] = document.definitions as [OperationDefinitionNode]

test('fragments about the schema go along, over any number of steps; those about people do not', () => {
  const names = introspectionFragments(document, operation.selectionSet.selections).map(({ name }) => name.value)
  expect(names).toEqual(['Full', 'Ref', 'Ref2'])
})
