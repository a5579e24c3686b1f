import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { DocumentNode, FormattedExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { GatewayContext } from '../context.ts'

/** One concern around an operation. Plugins run in the order they stand in, one after the other. */
export type GraphqlPlugin = {
  name: string
  /** After validation, before planning; throws an error of the catalogue to refuse the operation. */
  onOperation?: (asked: Asked) => void
  /** Whatever went wrong, as it was thrown: before anything of it is cleaned for the client. */
  onErrors?: (errors: readonly GraphQLError[], context: GatewayContext) => void
  /** Before the answer leaves; may change it, and the status it leaves with. */
  onAnswer?: (answer: Answer) => void | Promise<void>
}

/** A parsed and validated request. */
export type Asked = {
  schema: GraphQLSchema
  document: DocumentNode
  /** Undefined where `operationName` names none. */
  operation: OperationDefinitionNode | undefined
  request: GraphQLRequest
  context: GatewayContext
}

/** What is about to be sent. */
export type Answer = {
  context: GatewayContext
  operation: OperationDefinitionNode | undefined
  result: FormattedExecutionResult
  /** Undefined is 200. */
  status: number | undefined
  /** The client asked for `application/graphql-response+json`, whose status speaks of the GraphQL request. */
  speaksGraphql: boolean
}

/** Runs the plugins in their order as one plugin of Apollo Server, which itself would run them side by side. */
export function apolloPluginOf(plugins: readonly GraphqlPlugin[]): ApolloServerPlugin<GatewayContext> {
  return {
    unexpectedErrorProcessingRequest: async ({ error, requestContext: { contextValue } }) => {
      const failure = ensureGraphQLError(error)
      for (const plugin of plugins) plugin.onErrors?.([failure], contextValue)
    },
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
          for (const plugin of plugins)
            plugin.onOperation?.({ schema, document, operation, request, context: contextValue })
        },
        didEncounterErrors: async ({ errors, contextValue }) => {
          for (const plugin of plugins) plugin.onErrors?.(errors, contextValue)
        },
        willSendResponse: async ({ response, operation, request, contextValue }) => {
          if (response.body.kind !== 'single') throw new Error('answers in parts are not served')
          const speaksGraphql =
            request.http?.headers.get('accept')?.includes('application/graphql-response+json') ?? false
          const answer: Answer = {
            context: contextValue,
            operation,
            result: response.body.singleResult,
            status: response.http.status,
            speaksGraphql,
          }
          for (const plugin of plugins) await plugin.onAnswer?.(answer)
          response.body.singleResult = answer.result
          response.http.status = answer.status ?? 200
        },
      }),
  }
}

function ensureGraphQLError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error })
}
