import { Kind, visit } from 'graphql'
import type { DocumentNode, GraphQLScalarType } from 'graphql'
import { date } from './date.ts'
import { dateTime } from './date-time.ts'
import { decimal } from './decimal.ts'
import { money } from './money.ts'
import { partialDate } from './partial-date.ts'
import { personalId } from './personal-id.ts'
import { yearMonth } from './year-month.ts'

/** The scalars every subgraph may use without defining them. */
export const sharedScalars: readonly GraphQLScalarType[] = [
  date,
  dateTime,
  decimal,
  money,
  partialDate,
  personalId,
  yearMonth,
]

/** The shared scalars a document refers to; as a resolver map: `Object.fromEntries(found.map((s) => [s.name, s]))`. */
export function sharedScalarsIn(document: DocumentNode): readonly GraphQLScalarType[] {
  const named = new Set<string>()
  visit(document, { [Kind.NAMED_TYPE]: (node) => void named.add(node.name.value) })
  return sharedScalars.filter((scalar) => named.has(scalar.name))
}
