import { buildSchema, getOperationAST, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import type { GatewayContext } from '../context.ts'
import { operationLimits } from './operation-limits.ts'

const schema = buildSchema(`
  type Query { things(first: Int): ThingConnection }
  type ThingConnection { nodes: [Thing!]! }
  type Thing { name: String }
`)

/** Asks the same parsed document, as Apollo Server keeps it, with these variables one after the other. */
function asked(text: string, ...all: Record<string, unknown>[]): string[] {
  const document = parse(text)
  const operation = getOperationAST(document) ?? undefined
  const { onOperation } = operationLimits(new Map())
  return all.map((variables) => {
    try {
      onOperation?.({ schema, document, operation, request: { variables }, context: {} as GatewayContext })
      return 'within'
    } catch (error) {
      return String((error as { extensions?: { code?: unknown } }).extensions?.code)
    }
  })
}

describe('an operation that was within the limits', () => {
  test('is measured again where a variable says how long a page is', () => {
    const text = 'query Q($first: Int = 3) { things(first: $first) { nodes { name } } }'
    expect(asked(text, {}, { first: 100_000 }, { first: 5 })).toEqual(['within', 'BAD_USER_INPUT', 'within'])
  })

  test('is within them again where none does', () => {
    expect(asked('{ things(first: 3) { nodes { name } } }', {}, { other: 1 })).toEqual(['within', 'within'])
  })
})

test('one that is beyond them is refused each time', () => {
  const text = '{ things(first: 100000) { nodes { name } } }'
  expect(asked(text, {}, {})).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT'])
})
