import {
  getNamedType,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'

/** Every coordinate a document asks for, in its order, once each; on an interface those of its possible types. */
export function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>()
  const types = new TypeInfo(schema)
  const Field = ({ name }: { name: { value: string } }): void => {
    const parent = getNamedType(types.getParentType())
    if (!parent || name.value.startsWith('__')) return
    for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent])
      found.add(`${type.name}.${name.value}`)
  }
  visit(document, visitWithTypeInfo(types, { Field }))
  return [...found]
}
