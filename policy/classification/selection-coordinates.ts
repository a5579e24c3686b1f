import { Kind, parse } from 'graphql'
import type { SelectionSetNode } from 'graphql'
import type { SchemaModel } from './schema-model.ts'

/**
 * The coordinates a federation selection (`"a b { c }"`) reads, on a type, in order; null where it can't be read:
 * its text is broken, or it names a field that no subgraph declares.
 */
export function selectionCoordinates(schema: SchemaModel, type: string, selection: string): readonly string[] | null {
  try {
    const [operation] = parse(`{ ${selection} }`).definitions
    return operation?.kind === Kind.OPERATION_DEFINITION ? walk(schema, type, operation.selectionSet) : null
  } catch {
    return null
  }
}

function walk(schema: SchemaModel, type: string, set: SelectionSetNode): readonly string[] | null {
  const parts = set.selections.map((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT)
      return walk(schema, node.typeCondition?.name.value ?? type, node.selectionSet)
    if (node.kind === Kind.FRAGMENT_SPREAD) return null
    if (node.name.value === '__typename') return []
    const coordinate = `${type}.${node.name.value}`
    const field = schema.types
      .find((one) => one.name === type && one.fields.has(node.name.value))
      ?.fields.get(node.name.value)
    if (!field) return null
    const below = node.selectionSet ? walk(schema, field.returns, node.selectionSet) : []
    return below && [coordinate, ...below]
  })
  return parts.every((part) => part !== null) ? parts.flat() : null
}
