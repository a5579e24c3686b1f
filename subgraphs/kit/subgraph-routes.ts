import type { FastifyInstance } from 'fastify'
import { GraphQLError, parse, validate, type DocumentNode, type ExecutionResult } from 'graphql'
import { z } from 'zod'
import { contextHeader, type ContextVerifier, type WireContext } from '../../identity/context-token.ts'
import { nobody, stating } from '../../identity/principal.ts'
import type { Verifier } from '../../identity/verifier.ts'
import { problem } from '../../policy/errors.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { Principal } from '../../policy/types.ts'
import type { GraphPolicy, Subgraph } from './create-subgraph.ts'

export type SubgraphRoutesDeps = {
  subgraphs: ReadonlyMap<string, Subgraph>
  /** What a context must have been signed for and by. */
  contexts: (subgraph: string) => ContextVerifier
  verifier: Verifier
  purposes: PurposeRegistry
  /** Rules and schema in force here: a gateway that decides by others is refused. */
  hashes: Pick<GraphPolicy, 'bundleHash' | 'schemaHash'>
  ready: () => Promise<{ part: string; ok: boolean }[]>
}

const body = z.strictObject({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/**
 * `/NAME/graphql` of each subgraph, for the gateway alone: without a signed, unexpired, unused context bound to this
 * subgraph and this body it answers 401 before anything is parsed or read. It verifies the caller's token itself.
 */
export function subgraphRoutes(server: FastifyInstance, deps: SubgraphRoutesDeps): void {
  // The signature is over the bytes that arrived, so they are not parsed before it was checked.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text))
  server.setErrorHandler((_error, _request, reply) =>
    reply.code(400).send({ errors: [problem('BAD_USER_INPUT').toJSON()] }),
  )
  server.setNotFoundHandler((_request, reply) =>
    reply.code(401).send({ errors: [problem('UNAUTHENTICATED').toJSON()] }),
  )

  server.get('/health/live', () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => {
    const parts = await deps.ready()
    return reply.code(parts.every((part) => part.ok) ? 200 : 503).send({ parts })
  })
  for (const subgraph of deps.subgraphs.values()) subgraphRoute(server, subgraph, deps)
}

function subgraphRoute(server: FastifyInstance, subgraph: Subgraph, deps: SubgraphRoutesDeps): void {
  const contexts = deps.contexts(subgraph.name)
  const documents = new Map<string, DocumentNode | GraphQLError>()
  server.post(`/${subgraph.name}/graphql`, async (request, reply) => {
    const text = typeof request.body === 'string' ? request.body : ''
    const asked = await callerOf(request.headers[contextHeader], text).catch(() => null)
    if (asked === null) return reply.code(401).send({ errors: [problem('UNAUTHENTICATED').toJSON()] })
    const read = body.safeParse(jsonFrom(text))
    if (!read.success) return reply.code(400).send({ errors: [problem('BAD_USER_INPUT').toJSON()] })
    const document = documentFrom(read.data.query)
    if (document instanceof GraphQLError) return reply.code(400).send({ errors: [document.toJSON()] })
    const { context, principal } = asked
    const { requestId, traceId } = context
    const { operationName = null, variables } = read.data
    const result = await subgraph.run({
      document,
      principal,
      operationName,
      variables: variables ?? {},
      requestId,
      traceId,
    })
    return reply.send(wireResult(result))
  })

  async function callerOf(
    header: string | string[] | undefined,
    text: string,
  ): Promise<{ context: WireContext; principal: Principal }> {
    const context = await contexts.verify(typeof header === 'string' ? header : '', text)
    if (context.bundleHash !== deps.hashes.bundleHash || context.schemaHash !== deps.hashes.schemaHash)
      throw problem('UNAUTHENTICATED')
    const caller = context.token === null ? nobody : await deps.verifier.verify(context.token)
    if (context.purpose !== null && !deps.purposes.isStatable(caller, context.purpose)) throw problem('UNAUTHENTICATED')
    return { context, principal: stating(caller, context) }
  }

  /** The gateway's plans repeat: a document is parsed and validated once. */
  function documentFrom(query: string): DocumentNode | GraphQLError {
    const known = documents.get(query)
    if (known !== undefined) return known
    const found = parsed(query)
    if (documents.size >= 1000) documents.clear()
    documents.set(query, found)
    return found
  }

  function parsed(query: string): DocumentNode | GraphQLError {
    try {
      const document = parse(query, { maxTokens: 20_000 })
      return validate(subgraph.schema, document).length === 0 ? document : problem('BAD_USER_INPUT')
    } catch {
      return problem('BAD_USER_INPUT')
    }
  }
}

/** Errors by their catalogue form alone: no stack, no original error. */
function wireResult(result: ExecutionResult): unknown {
  return {
    data: result.data ?? null,
    ...(result.errors === undefined ? {} : { errors: result.errors.map((error) => error.toJSON()) }),
    ...(result.extensions === undefined ? {} : { extensions: result.extensions }),
  }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
