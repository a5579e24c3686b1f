import { buildSchema, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { answerShapeOf, shapedAnswer } from './answer-shape.ts'

const schema = buildSchema(`
  type Query { person: Person people: [Person!] named: [Named] }
  interface Named { name: String }
  type Person implements Named { id: ID! name: String friends: [Person!]! }
  type Dog implements Named { name: String owner: Person }
`)

function shaped(query: string, data: Record<string, unknown>, variables: Record<string, unknown> = {}): unknown {
  const document = parse(query)
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  const shape = answerShapeOf(schema, document, operation)
  return shape && JSON.parse(JSON.stringify(shapedAnswer(shape, data, variables)))
}

test('holds what was asked for in its order, and nothing that only joined it', () => {
  const data = { person: { id: '1', __typename: 'Person', name: 'A', friends: [{ id: '2', name: 'B' }] } }
  const query = '{ p: __typename person { ...f nick: name } } fragment f on Person { friends { name } __typename }'
  const named = { ...data.person, nick: 'A' }
  expect(JSON.stringify(shaped(query, { person: named }))).toBe(
    '{"p":"Query","person":{"friends":[{"name":"B"}],"__typename":"Person","nick":"A"}}',
  )
})

test('a null where none may be takes its parent with it, up to one that may be null', () => {
  expect(shaped('{ person { id name } }', { person: { name: 'A' } })).toEqual({ person: null })
  expect(shaped('{ people { id } }', { people: [{ id: '1' }, {}] })).toEqual({ people: null })
  expect(shaped('{ person { id friends { id } } }', { person: { id: '1', friends: [{}] } })).toEqual({ person: null })
})

test('each type of an abstract place gets its own fields, each condition is looked at', () => {
  const data = {
    named: [{ __typename: 'Dog', name: 'D', owner: { name: 'A' } }, { __typename: 'Person', name: 'A', id: '1' }, null],
  }
  const query =
    'query ($s: Boolean!) { named { name @skip(if: $s) ... on Dog { owner { name } } ... on Person { id } } }'
  expect(shaped(query, data, { s: true })).toEqual({ named: [{ owner: { name: 'A' } }, { id: '1' }, null] })
  expect(shaped(query, data, { s: false })).toEqual({
    named: [{ name: 'D', owner: { name: 'A' } }, { name: 'A', id: '1' }, null],
  })
})

test('an object that is asked for twice is one, with the fields of both', () => {
  const query = '{ person { name } ... { person { id } } }'
  expect(shaped(query, { person: { id: '1', name: 'A' } })).toEqual({ person: { name: 'A', id: '1' } })
})

test('questions about the schema are not data', () => {
  expect(shaped('{ __schema { queryType { name } } }', {})).toBeNull()
})
