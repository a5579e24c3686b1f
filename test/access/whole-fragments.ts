import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** The types that have sealed ids. */
export function nodeTypes(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const node = schema.getType('Node')
  return isAbstractType(node) ? [...schema.getPossibleTypes(node)] : []
}

/**
 * `fragment Citizen on Citizen { … }` for each of them: the id and every field, of objects their type alone; or every
 * third field, beginning with the `third`.
 */
export function wholeFragments(schema: GraphQLSchema, third?: number): ReadonlyMap<string, string> {
  return new Map(
    nodeTypes(schema).map((type) => {
      const fields = Object.values(type.getFields())
        .filter(({ name }, index) => name === 'id' || third === undefined || index % 3 === third % 3)
        .map(fieldText)
      return [type.name, `fragment ${type.name} on ${type.name} { __typename ${fields.join(' ')} }`]
    }),
  )
}

function fieldText(field: GraphQLField<unknown, unknown>): string {
  const page = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : ''
  return `${field.name}${page}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`
}

/** A document and the fragments it spreads. */
export function withFragments(text: string, fragments: ReadonlyMap<string, string>): string {
  const used = [...fragments]
    .filter(([name]) => new RegExp(`\\.{3}${name}\\b`).test(text))
    .map(([, fragment]) => fragment)
  return [text, ...used].join('\n')
}
