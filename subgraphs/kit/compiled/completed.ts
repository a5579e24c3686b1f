import { isLeafType, isListType, isNonNullType, type GraphQLOutputType } from 'graphql'
import { problem } from '../../../policy/errors.ts'
import type { Pass } from './answer.ts'

/** As graphql completes a value of this type; what it would refuse is left to it. */
export function completed(type: GraphQLOutputType, value: unknown, pass: Pick<Pass, 'isBeyond'>): unknown {
  if (value === null || value === undefined) {
    if (isNonNullType(type)) pass.isBeyond = true
    return null
  }
  const nullable = isNonNullType(type) ? type.ofType : type
  if (isListType(nullable)) {
    if (!Array.isArray(value)) throw problem('INTERNAL')
    return value.map((item) => completed(nullable.ofType as GraphQLOutputType, item, pass))
  }
  if (!isLeafType(nullable)) throw problem('INTERNAL')
  const serialized = nullable.serialize(value)
  if (serialized === null || serialized === undefined) throw problem('INTERNAL')
  return serialized
}
