import type { SchemaModel } from './schema-model.ts'

/** Types whose own rows are persons: `@subject` names their `id`. */
export function personTypes(schema: SchemaModel): ReadonlySet<string> {
  return new Set(
    schema.types.filter((type) => type.subjects.some((one) => one.persons.includes('id'))).map((type) => type.name),
  )
}

/** The object types a field of this type may give: itself, or what implements or makes it up, in any subgraph. */
export function possibleTypes(schema: SchemaModel, name: string): ReadonlySet<string> {
  const implementing = schema.types.filter((type) => type.kind === 'OBJECT' && type.interfaces.includes(name))
  const members = schema.subgraphs.flatMap((subgraph) => subgraph.unions.get(name) ?? [])
  return new Set([name, ...implementing.map((type) => type.name), ...members])
}
