import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** A way from a root field to an object with a sealed id: `coordinate` is its last step, `text` the selection. */
export type Way = { root: string; coordinate: string; text: string }

/** A root field with its arguments, and how many steps to go from there. */
export type Start = { root: string; arguments: string; longest: number }

/**
 * The shortest way from each start to every field of the schema that gives an object with a sealed id. New
 * databases bring their own ways.
 */
export function waysOf(schema: GraphQLSchema, nodes: ReadonlySet<string>, starts: readonly Start[]): Way[] {
  const query = schema.getQueryType()?.getFields() ?? {}
  return starts.flatMap(({ root: name, arguments: text, longest }) => {
    const root = query[name]
    return root === undefined ? [] : waysFrom(root, `${name}${text}`, longest)
  })

  function waysFrom(root: GraphQLField<unknown, unknown>, text: string, longest: number): Way[] {
    const ways: Way[] = []
    const seen = new Set<string>()
    let step: { type: GraphQLObjectType; wrap: (inner: string) => string }[] = []
    arrive(root, `Query.${root.name}`, text, (inner) => inner)
    for (let length = 1; length < longest && step.length > 0; length += 1) {
      const from = step
      step = []
      for (const { type, wrap } of from) {
        for (const field of Object.values(type.getFields()))
          if (!field.args.some(isRequiredArgument)) arrive(field, `${type.name}.${field.name}`, textOf(field), wrap)
      }
    }
    return ways

    function arrive(
      field: GraphQLField<unknown, unknown>,
      coordinate: string,
      own: string,
      wrap: (inner: string) => string,
    ): void {
      const type = getNamedType(field.type)
      if (!isObjectType(type) || seen.has(coordinate)) return
      seen.add(coordinate)
      const within = (inner: string) => wrap(`${own} { ${inner} }`)
      if (nodes.has(type.name)) ways.push({ root: root.name, coordinate, text: within(`...${type.name} `) })
      step.push({ type, wrap: within })
    }
  }
}

/** Every field of a type that queries reach which gives an object with a sealed id. */
export function coordinatesOf(schema: GraphQLSchema, nodes: ReadonlySet<string>): string[] {
  const query = schema.getQueryType()
  const types = new Set(query ? [query] : [])
  for (const type of types) {
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type)
      if (isObjectType(named)) types.add(named)
    }
  }
  return [...types]
    .filter((type) => type !== query)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => nodes.has(getNamedType(field.type).name))
        .map((field) => `${type.name}.${field.name}`),
    )
}

function textOf(field: GraphQLField<unknown, unknown>): string {
  return field.args.some(({ name }) => name === 'first') ? `${field.name}(first: 2)` : field.name
}
