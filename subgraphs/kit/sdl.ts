import { readFileSync } from 'node:fs'
import { Kind, Source, concatAST, parse } from 'graphql'
import type { DocumentNode } from 'graphql'
import { sharedScalarsIn } from './scalars/shared-scalars.ts'
import { connectionTypes } from './sdl/connection-types.ts'
import { linkHeader } from './sdl/link-header.ts'
import { scalarDefinitions } from './sdl/scalar-definitions.ts'

const directives = parse(readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8'))

/**
 * A subgraph's whole SDL from the types its folder declares: the links to federation and to the classification
 * directives, their definitions, the shared scalars in use, PageInfo and the connection types that fields name.
 * Throws GraphQLError with the place for text that isn't SDL, and Error for a connection of an unknown type.
 */
export function subgraphSdl(source: string, name: string): DocumentNode {
  const types = parse(new Source(source, `${name}/schema.graphql`))
  refuseLinks(types, name)
  const connections = connectionTypes(types, name)
  const own = concatAST([types, connections])
  const scalars = scalarDefinitions(sharedScalarsIn(own))
  return concatAST([linkHeader(own), directives, scalars, own])
}

/** The header is the kit's alone: a second link could give directives other names. */
function refuseLinks(types: DocumentNode, name: string): void {
  const link = types.definitions.find(
    (node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION,
  )
  if (link) throw new Error(`${name}/schema.graphql: holds types only; the kit writes the schema's links`)
}
