import { possibleTypes } from '../person-types.ts'
import type { Rule } from '../schema-model.ts'

/** Relay's `node`: it hands a presented id on as a stub and knows nothing of rows. */
const sealedLookup = 'Query.node'

/**
 * A field that returns objects carries the class of the fact that rows exist: where the rows speak of persons, that is
 * nothing to tell to everybody. A mutation's payload is spared: it goes to who made the change.
 */
export const openExistence: Rule = (schema) => {
  const naming = new Set(schema.types.filter((type) => type.subjects.length > 0).map((type) => type.name))
  const payloads = new Set(schema.fields.filter((field) => field.type === 'Mutation').map((field) => field.returns))
  return schema.fields
    .filter((field) => field.class?.level === 'L0' && !payloads.has(field.type) && field.coordinate !== sealedLookup)
    .flatMap((field) => {
      const rows = field.returns.replace(/(?<=.)Connection$/, '')
      const person = [...possibleTypes(schema, rows)].find((type) => naming.has(type))
      if (person === undefined) return []
      const reason = `is L0 in ${field.subgraph}, but tells that rows of ${person} exist, which speak of persons`
      return [{ coordinate: field.coordinate, reason }]
    })
}
