import {
  getOperationAST,
  getVariableValues,
  parse,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { problem } from '../errors.ts'
import { boundedOperation } from './bounded-operation.ts'
import { most } from './limits.ts'
import { notParsed, notValid } from './refused-document.ts'
import { sourceProblem } from './source-limits.ts'

/** What somebody would send: `variables` is the text of a JSON object. */
export type SentOperation = {
  query: string
  operationName?: string | null | undefined
  variables?: string | null | undefined
}

/** An operation that could be cut and planned, with its variables as the schema coerces them. */
export type ReadOperation = {
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
}

/**
 * Reads an operation within the limits and in the order of the gateway, and throws what the gateway would refuse it with:
 * QUERY_TOO_COMPLEX or BAD_USER_INPUT, in words without a value. `sizes` as for `operationSize`.
 */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: SentOperation,
  sizes: ReadonlyMap<string, number>,
): ReadOperation {
  const tooLarge = sourceProblem(query)
  if (tooLarge !== null) throw tooLarge
  const document = parsed(query)
  const [mistake] = validate(schema, document, undefined, { maxErrors: most.mistakes })
  if (mistake !== undefined) throw problem(...notValid(mistake))
  const given = variablesFrom(variables ?? '{}')
  const chosen = getOperationAST(document, operationName)
  const { operation } = boundedOperation({ schema, document, operation: chosen, variables: given, sizes })
  const { coerced = {}, errors: [unfit] = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], given)
  if (unfit !== undefined) throw problem(...notValid(unfit))
  return { document, operation, variables: coerced }
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: most.tokens })
  } catch (error) {
    throw problem(...notParsed(error as GraphQLError))
  }
}

function variablesFrom(text: string): Readonly<Record<string, unknown>> {
  try {
    const variables: unknown = JSON.parse(text)
    if (typeof variables === 'object' && variables !== null && !Array.isArray(variables)) return { ...variables }
  } catch {
    // Told below, like JSON of another kind.
  }
  throw problem('BAD_USER_INPUT', {
    vi: 'variables phải là một đối tượng JSON',
    en: 'variables must be a JSON object',
  })
}
