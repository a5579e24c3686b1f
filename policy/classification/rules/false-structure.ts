import type { SchemaModel, Rule } from '../schema-model.ts'
import type { FieldModel, TypeModel } from '../subgraph-model.ts'

const shapes: readonly { suffix: RegExp; fields: readonly string[] }[] = [
  { suffix: /.Connection$/, fields: ['edges', 'nodes', 'pageInfo'] },
  { suffix: /.Edge$/, fields: ['cursor', 'node'] },
  { suffix: /^PageInfo$/, fields: ['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor'] },
]

/**
 * A structural field repeats the verdict of the edge before it, whatever its own class: that is for pages and for
 * sealed ids alone.
 */
export const falseStructure: Rule = (schema) =>
  schema.types
    .flatMap((type) => [...type.fields.values()].map((field) => ({ type, field })))
    .filter(({ type, field }) => field.merged.structure === true && !isPage(type) && !isSealedId(schema, type, field))
    .map(({ field }) => ({
      coordinate: field.coordinate,
      reason: `says structure in ${field.subgraph}, but is neither a page's nor a sealed "id: ID!"`,
    }))

function isPage(type: TypeModel): boolean {
  const names = [...type.fields.keys()].toSorted().join()
  return shapes.some(({ suffix, fields }) => suffix.test(type.name) && names === fields.join())
}

function isSealedId(schema: SchemaModel, type: TypeModel, field: FieldModel): boolean {
  const isId = field.name === 'id' && field.returns === 'ID' && field.isNonNull && !field.isList
  const keys = schema.types.filter((one) => one.name === type.name).flatMap((one) => one.keys)
  return isId && (type.kind === 'INTERFACE' || keys.some((key) => key.trim() === 'id'))
}
