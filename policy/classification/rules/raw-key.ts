import type { FieldClass } from '../../types.ts'
import type { Rule } from '../schema-model.ts'
import { selectionCoordinates } from '../selection-coordinates.ts'

/**
 * A key travels unasked in every plan and can be enumerated: no raw identifier stands in one (B7, or anything that
 * gives other things away), nor anything above L1 but a sealed id.
 */
export const rawKey: Rule = (schema) =>
  schema.types.flatMap((type) =>
    type.keys.flatMap((selection) => {
      const coordinate = type.name
      const fields = selectionCoordinates(schema, type.name, selection)
      if (!fields) return [{ coordinate, reason: `@key "${selection}" of ${type.subgraph} can't be read` }]
      return fields.flatMap((field) => {
        const objection = objectionTo(schema.classes.get(field))
        return objection ? [{ coordinate, reason: `@key of ${type.subgraph} holds ${field}, ${objection}` }] : []
      })
    }),
  )

function objectionTo(field: FieldClass | undefined): string | null {
  if (!field) return 'which has no class'
  if (field.personal.includes('B7')) return 'a raw identifier (B7)'
  if (field.inferring.length > 0) return `a raw identifier that gives away ${field.inferring.join(', ')}`
  const isSealed = field.structure && field.field === 'id'
  return isSealed || field.level === 'L0' || field.level === 'L1' ? null : `which is ${field.level} and not sealed`
}
