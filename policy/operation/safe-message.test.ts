import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { safeMessage } from './safe-message.ts'

describe('what graphql-js says of names is passed on, without its guesses', () => {
  test.each([
    [
      'Cannot query field "fulName" on type "Citizen". Did you mean "fullName"?',
      'Cannot query field "fulName" on type "Citizen"',
    ],
    [
      'Field "me" of type "Citizen" must have a selection of subfields. Did you mean "me { ... }"?',
      'Field "me" of type "Citizen" must have a selection of subfields',
    ],
    [
      'Unknown argument "id" on field "Query.citizen". Did you mean "personalId"?',
      'Unknown argument "id" on field "Query.citizen"',
    ],
    ['Variable "$id" is not defined by operation "Q".', 'Variable "$id" is not defined by operation "Q"'],
    [
      'Fields "a" conflict because "b" and "c" are different fields. Use different aliases on the fields to fetch both if this was intentional.',
      'Fields "a" conflict because "b" and "c" are different fields. Use different aliases on the fields to fetch both if this was intentional',
    ],
  ])('%s', (message, said) => expect(safeMessage(message)).toBe(said))
})

describe('what it says of values becomes a sentence without them', () => {
  test.each([
    [
      'Variable "$id" got invalid value "901085000101"; Expected type "PersonalId".',
      'variable $id has a value that is not valid',
    ],
    ['Expected value of type "PersonalId!", found "901085000101".', 'a value is not of type PersonalId!'],
    ['Int cannot represent non-integer value: "901085000101"', 'a value or a name is not one the schema knows'],
    [
      'Value "901085000101" does not exist in "Sex" enum. Did you mean the enum value "MALE"?',
      'a value or a name is not one the schema knows',
    ],
    ['Argument "personalId" has invalid value "901085000101".', 'a value or a name is not one the schema knows'],
    ['something nobody has seen yet: 901085000101', 'a value or a name is not one the schema knows'],
  ])('%s', (message, said) => expect(safeMessage(message)).toBe(said))
})

test('no value of an invalid document is ever repeated, whichever rule it breaks', () => {
  const schema = buildSchema(
    'type Query { a(s: String, i: Int, e: E, o: O, l: [Int!]): Int } enum E { X } input O { f: Int! g: Int }',
  )
  const secret = 'canary'
  const documents = [
    `{ a(i: "${secret}") }`,
    `{ a(e: ${secret}) }`,
    `{ a(o: { f: "${secret}" }) }`,
    `{ a(o: { f: 1, g: "${secret}" }) }`,
    `{ a(l: ["${secret}"]) }`,
    `{ a(s: ["${secret}"]) }`,
    `{ a(o: "${secret}") }`,
    `query Q($i: Int = "${secret}") { a(i: $i) }`,
    `{ a(s: "${secret}") a(s: "other") }`,
    `{ a @include(if: "${secret}") }`,
    `{ a(s: "${secret}", s: "x") }`,
  ]
  for (const document of documents) {
    const errors = validate(schema, parse(document))
    expect(errors.length, document).toBeGreaterThan(0)
    for (const { message } of errors) expect(safeMessage(message), document).not.toContain(secret)
  }
})
