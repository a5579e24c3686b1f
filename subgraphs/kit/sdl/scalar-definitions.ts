import { Kind } from 'graphql'
import type { DocumentNode, GraphQLScalarType } from 'graphql'

/** `scalar X` with its description, for each scalar. */
export function scalarDefinitions(scalars: readonly GraphQLScalarType[]): DocumentNode {
  return {
    kind: Kind.DOCUMENT,
    definitions: scalars.map((scalar) => ({
      kind: Kind.SCALAR_TYPE_DEFINITION,
      name: { kind: Kind.NAME, value: scalar.name },
      description: { kind: Kind.STRING, value: scalar.description ?? '' },
    })),
  }
}
