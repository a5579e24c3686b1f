import { getNamedType, isAbstractType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

/** A way through the graph: coordinates from a root field to the last one. */
export type GraphPath = readonly string[]

export type PathOptions = {
  /** The shortest so many ways from each root field to each type. */
  perRoot?: number
  /** False closes every way over this coordinate. */
  isOpen?: (coordinate: string) => boolean
}

/**
 * Every coordinate with the shortest ways to it, from every root field of queries and mutations; no way meets a type
 * twice. On an interface or union the ways go on by each possible type.
 */
export function graphPaths(
  schema: GraphQLSchema,
  { perRoot = 3, isOpen = () => true }: PathOptions = {},
): ReadonlyMap<string, GraphPath[]> {
  const found = new Map<string, GraphPath[]>()
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null)
  for (const root of roots) for (const name of Object.keys(root.getFields())) walkFrom(root, name)
  return found

  function walkFrom(root: GraphQLObjectType, name: string): void {
    const visits = new Map<string, number>()
    let step: { path: GraphPath; types: readonly string[]; ends: readonly GraphQLObjectType[] }[] = []
    const arrive = (type: GraphQLObjectType, field: string, path: GraphPath, types: readonly string[]): void => {
      const coordinate = `${type.name}.${field}`
      const definition = type.getFields()[field]
      if (definition === undefined || !isOpen(coordinate)) return
      const way = [...path, coordinate]
      found.set(coordinate, [...(found.get(coordinate) ?? []), way])
      step.push({ path: way, types, ends: objectsOf(definition.type) })
    }
    arrive(root, name, [], [])
    while (step.length > 0) {
      const from = step
      step = []
      for (const { path, types, ends } of from) {
        for (const type of ends.filter((end) => !types.includes(end.name))) {
          const visit = visits.get(type.name) ?? 0
          if (visit >= perRoot) continue
          visits.set(type.name, visit + 1)
          for (const field of Object.keys(type.getFields())) arrive(type, field, path, [...types, type.name])
        }
      }
    }
  }

  function objectsOf(output: Parameters<typeof getNamedType>[0]): readonly GraphQLObjectType[] {
    const type = getNamedType(output)
    return isObjectType(type) ? [type] : type && isAbstractType(type) ? schema.getPossibleTypes(type) : []
  }
}
