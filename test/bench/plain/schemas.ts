import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { resolvers } from './resolvers.ts'
import { typeDefs } from './type-defs.ts'

/** The executable plain subgraphs, by name. */
export function plainSchemas(): ReadonlyMap<string, GraphQLSchema> {
  return new Map(
    Object.entries(typeDefs).map(([name, text]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(text), resolvers: resolvers[name] as never }]),
    ]),
  )
}

/** The supergraph of the plain subgraphs at these addresses. Throws where they do not compose. */
export function plainSupergraph(urlOf: (name: string) => string): string {
  const services = Object.entries(typeDefs).map(([name, text]) => ({ name, url: urlOf(name), typeDefs: parse(text) }))
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}
