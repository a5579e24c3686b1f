import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import type { Decision } from '../../policy/types.ts'
import { refusalEntries } from './refusal-entries.ts'
import { rootFieldsOf } from './written-out.ts'

const schema = buildSchema('type Citizen { religion: String } type Query { citizen(personalId: String): Citizen }')
const classes = new Map([['Query.citizen(personalId)', { of: 'Citizen.personalId', use: 'LOOKUP' as const }]])
const decision: Decision = {
  outcome: 'DENY',
  conditional: false,
  level: 'L3',
  rule: 'r',
  basis: null,
  citation: 'c',
  proposal: false,
  code: 'CLASSIFICATION_DENIED',
  failed: 'basis',
}

test.each([
  '{ citizen(personalId: "901085000101") { religion } }',
  'query($n: String) { citizen(personalId: $n) { religion } }',
  '{ ...F } fragment F on Query { citizen(personalId: "901085000101") { religion } }',
  '{ ... { ... on Query { citizen(personalId: "901085000101") { religion } } } }',
])('a refusal names whom it was about: %s', (query) => {
  const document = parse(query)
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode
  const place = { path: ['citizen', 'religion'], coordinate: 'Citizen.religion', decision }
  const roots = rootFieldsOf(schema, document, operation)
  const [entry] = refusalEntries([place], roots, { n: '901085000101' }, nobody, classes)
  expect(entry?.subject).toBe('901085000101')
})
