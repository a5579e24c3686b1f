import type { GraphQLDataSource } from '@apollo/gateway'
import { GraphQLError, parse, type DocumentNode, type ExecutionResult } from 'graphql'
import type { DisclosureReceipt } from '../../policy/disclosure.ts'
import { createMemory } from '../../policy/create-memory.ts'
import { problem } from '../../policy/errors.ts'
import type { GatewayContext } from '../context.ts'
import { distinctEntities, repeatEntities } from './distinct-entities.ts'
import { spreadEntityFailures, spreadFailure } from './spread-failure.ts'

/** One fetch of a plan, as a subgraph takes it. */
export type Fetch = {
  document: DocumentNode
  query: string
  operationName: string | null
  variables: Readonly<Record<string, unknown>>
  context: GatewayContext
}

/** A plan's fetches come again with each request, as texts: what is known of one hangs on its document. */
const keptDocuments = 2000

/** Sends a fetch to a subgraph; may reject. */
export type SendFetch = (fetch: Fetch) => Promise<ExecutionResult>

/**
 * A data source of the gateway over any way to a subgraph. Equal entities are sent once; a subgraph that fails as a
 * whole becomes an error at every field asked of it. Never rejects.
 */
export function createDataSource(send: SendFetch): GraphQLDataSource {
  const parsed = createMemory<DocumentNode>(keptDocuments)
  return {
    process: async (options) => {
      const { request } = options
      const query = request.query ?? ''
      const document = parsed(query, () => parse(query, { noLocation: true }))
      const variables = request.variables ?? {}
      const representations = Array.isArray(variables['representations'])
        ? (variables['representations'] as unknown[])
        : null
      const distinct = representations === null ? null : distinctEntities(representations)
      const sent = distinct === null ? variables : { ...variables, representations: distinct.representations }
      const context = options.context as GatewayContext
      const fetch = {
        document,
        query,
        operationName: request.operationName ?? null,
        variables: sent,
        context,
      }
      const result: ExecutionResult = await send(fetch).catch((error: unknown) => ({
        data: null,
        errors: [error instanceof GraphQLError ? error : problem('SUBGRAPH_UNAVAILABLE')],
      }))
      context.receipts.push(...((result.extensions?.['receipts'] ?? []) as DisclosureReceipt[]))
      const [first] = result.errors ?? []
      const isWhole = (result.data === null || result.data === undefined) && first !== undefined
      const told =
        isWhole && first.path === undefined
          ? spreadFailure(first, document, distinct?.representations ?? null)
          : spreadEntityFailures(result, document)
      const answer = distinct === null ? told : repeatEntities(told, distinct.positions)
      return {
        ...(answer.data === undefined ? {} : { data: answer.data as Record<string, unknown> }),
        ...(answer.errors ? { errors: answer.errors.map((error) => error.toJSON()) } : {}),
      }
    },
  }
}
