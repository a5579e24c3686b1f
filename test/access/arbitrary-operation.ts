import fc from 'fast-check'
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** What arguments of this name get, needed or not; a field that needs another argument is left out. */
export type ArgumentValues = Readonly<Record<string, readonly string[]>>

/**
 * Random valid queries: some of these roots, any fields below them whose arguments can be filled, with aliases and
 * inline fragments, at most `depth` deep.
 */
export function arbitraryOperation(
  schema: GraphQLSchema,
  roots: readonly string[],
  values: ArgumentValues,
  depth = 5,
): fc.Arbitrary<string> {
  const query = schema.getQueryType()
  if (!query) throw new Error('no query type')
  return selection(query, depth).map((text) => text ?? '{ __typename }')

  function selection(type: GraphQLObjectType, left: number): fc.Arbitrary<string | null> {
    const fields = Object.values(type.getFields()).filter(
      (field) =>
        isFillable(field) &&
        (left > 0 || !isCompositeType(getNamedType(field.type))) &&
        (type !== query || roots.includes(field.name)),
    )
    if (fields.length === 0) return fc.constant(null)
    return fc
      .subarray(fields, { minLength: 1, maxLength: Math.min(fields.length, left > 3 ? 3 : 6) })
      .chain((chosen) => fc.tuple(...chosen.map((field, index) => fieldText(field, `f${index}`, left))))
      .map((texts) => texts.filter((text) => text !== null))
      .map((texts) => (texts.length === 0 ? null : `{ ${texts.join(' ')} }`))
  }

  function fieldText(field: GraphQLField<unknown, unknown>, alias: string, left: number): fc.Arbitrary<string | null> {
    const named = getNamedType(field.type)
    const below = isObjectType(named)
      ? selection(named, left - 1)
      : isCompositeType(named)
        ? abstractSelection(named.name, left)
        : fc.constant('')
    return fc
      .tuple(argumentsText(field), below, fc.boolean(), fc.boolean())
      .map(([args, inner, hasAlias, isWrapped]) => {
        if (inner === null) return null
        const text = `${hasAlias ? `${alias}_${field.name}: ` : ''}${field.name}${args} ${inner}`
        return isWrapped ? `... { ${text} }` : text
      })
  }

  function abstractSelection(name: string, left: number): fc.Arbitrary<string | null> {
    const type = schema.getType(name)
    const possible = isCompositeType(type) && !isObjectType(type) ? [...schema.getPossibleTypes(type)] : []
    return fc
      .constantFrom(...possible)
      .chain((one) => selection(one, left - 1).map((inner) => inner && `{ __typename ... on ${one.name} ${inner} }`))
  }

  function isFillable(field: GraphQLField<unknown, unknown>): boolean {
    return field.args.every((argument) => !isRequiredArgument(argument) || values[argument.name] !== undefined)
  }

  function argumentsText(field: GraphQLField<unknown, unknown>): fc.Arbitrary<string> {
    const filled = field.args.filter((argument) => values[argument.name] !== undefined)
    const pages = field.args.some((argument) => argument.name === 'first') ? ['first: 3'] : []
    return fc
      .tuple(
        ...filled.map((argument) =>
          fc
            .constantFrom(...(values[argument.name] ?? []))
            .map((value) => `${argument.name}: ${JSON.stringify(value)}`),
        ),
      )
      .map((texts) => [...texts, ...pages])
      .map((texts) => (texts.length === 0 ? '' : `(${texts.join(', ')})`))
  }
}
