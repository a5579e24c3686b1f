import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

/** One value of an answer, at its place and under the name of the field it came from. */
export type Leaf = { path: string; coordinate: string; value: unknown }

/** Every non-null leaf of an answer, by walking the query that asked for it: independent of what the server says it did. */
export function leavesOf(schema: GraphQLSchema, query: string, data: unknown): Leaf[] {
  const operation = parse(query).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const leaves: Leaf[] = []
  if (operation) walk(operation.selectionSet, schema.getQueryType()?.name ?? 'Query', data, '')
  return leaves

  function walk(set: SelectionSetNode, typeName: string, value: unknown, path: string): void {
    if (Array.isArray(value)) return value.forEach((item, index) => walk(set, typeName, item, `${path}.${index}`))
    if (typeof value !== 'object' || value === null) return
    const object = value as Record<string, unknown>
    const concrete = typeof object['__typename'] === 'string' ? object['__typename'] : typeName
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) leaf(selection, concrete, object, path)
      else if (
        selection.kind === Kind.INLINE_FRAGMENT &&
        (selection.typeCondition?.name.value ?? concrete) === concrete
      )
        walk(selection.selectionSet, concrete, value, path)
    }
  }

  function leaf(field: FieldNode, typeName: string, object: Record<string, unknown>, path: string): void {
    const key = field.alias?.value ?? field.name.value
    const type = schema.getType(typeName)
    const definition = isObjectType(type) ? type.getFields()[field.name.value] : undefined
    const value = object[key]
    if (definition === undefined || value === null || value === undefined) return
    const named = getNamedType(definition.type)
    if (isCompositeType(named) && field.selectionSet)
      return walk(field.selectionSet, named.name, value, `${path}.${key}`)
    leaves.push({ path: `${path}.${key}`.slice(1), coordinate: `${typeName}.${field.name.value}`, value })
  }
}
