import { GraphQLScalarType, Kind } from 'graphql'
import type { ValueNode } from 'graphql'
import { badInput, badOutput } from './bad-value.ts'

/** What differs between scalars: how a value looks, and how it is read from a client and from a database. */
export type ScalarSpec<Value> = {
  name: string
  /** Vietnamese, English */
  description: readonly [string, string]
  /** The form in a few characters, for the error message: `YYYY-MM-DD`. */
  form: string
  /** What the client sent -> the value, or undefined where it is none. */
  fromClient: (input: unknown) => Value | undefined
  /** What the database gave -> the value, or undefined where it is none. */
  fromStore: (stored: unknown) => Value | undefined
}

/**
 * A strict scalar: malformed input is BAD_USER_INPUT, malformed stored data INTERNAL, neither with the value in the
 * message. A literal in the query and a variable are read alike.
 */
export function createScalar<Value>(spec: ScalarSpec<Value>): GraphQLScalarType<Value, Value> {
  const parseValue = (input: unknown): Value => {
    const value = spec.fromClient(input)
    if (value === undefined) throw badInput(spec.name, spec.form)
    return value
  }
  return new GraphQLScalarType<Value, Value>({
    name: spec.name,
    description: spec.description.join('. ') + '.',
    serialize: (stored) => {
      const value = spec.fromStore(stored)
      if (value === undefined) throw badOutput(spec.name)
      return value
    },
    parseValue,
    parseLiteral: (node) => parseValue(literalValue(node)),
  })
}

function literalValue(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value
  if (node.kind === Kind.INT) return Number(node.value)
  return undefined
}
