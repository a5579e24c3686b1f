import { parse, validate, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql'
import { createMemory } from '../../policy/create-memory.ts'
import { problem } from '../../policy/errors.ts'

/** The gateway's plans repeat: so many texts are kept, each parsed and validated once, and compiled once by what hangs on it. */
const kept = 1000

/** Documents of a schema by their text; BAD_USER_INPUT for what is none. */
export function createFetchDocuments(schema: GraphQLSchema): (query: string) => DocumentNode | GraphQLError {
  const known = createMemory<DocumentNode | GraphQLError>(kept)
  const parsed = (query: string): DocumentNode | GraphQLError => {
    try {
      const document = parse(query, { maxTokens: 20_000, noLocation: true })
      return validate(schema, document).length === 0 ? document : problem('BAD_USER_INPUT')
    } catch {
      return problem('BAD_USER_INPUT')
    }
  }
  return (query) => known(query, () => parsed(query))
}
