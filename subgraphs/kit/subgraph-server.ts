import Fastify, { type FastifyInstance } from 'fastify'
import { GraphQLError, parse, validate, type DocumentNode, type ExecutionResult } from 'graphql'
import { z } from 'zod'
import { contextHeader, type ContextVerifier, type WireContext } from '../../identity/context-token.ts'
import { stating } from '../../identity/principal.ts'
import type { Verifier } from '../../identity/verifier.ts'
import { nobody } from '../../identity/principal.ts'
import { problem } from '../../policy/errors.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { Principal } from '../../policy/types.ts'
import type { GraphPolicy, Subgraph } from './create-subgraph.ts'

export type SubgraphServerDeps = {
  subgraph: Subgraph
  contexts: ContextVerifier
  verifier: Verifier
  purposes: PurposeRegistry
  policy: Pick<GraphPolicy, 'bundleHash' | 'schemaHash'>
  ready: () => Promise<{ part: string; ok: boolean }[]>
}

const body = z.strictObject({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/**
 * One subgraph behind HTTP, for the gateway alone: without a signed, unexpired, unused context bound to this subgraph
 * and this body it answers 401 before anything is parsed or read. It verifies the caller's token itself, and refuses
 * a gateway that decides by other rules or another schema.
 */
export function createSubgraphServer(deps: SubgraphServerDeps): FastifyInstance {
  const server = Fastify({ logger: false, bodyLimit: 16 * 1024 * 1024, disableRequestLogging: true })
  const documents = new Map<string, DocumentNode | GraphQLError>()
  // The signature is over the bytes that arrived, so they are not parsed before it was checked.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text))

  server.get('/health/live', () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => {
    const parts = await deps.ready()
    return reply.code(parts.every((part) => part.ok) ? 200 : 503).send({ parts })
  })
  server.post('/graphql', async (request, reply) => {
    const text = typeof request.body === 'string' ? request.body : ''
    const asked = await callerOf(request.headers[contextHeader], text).catch(() => null)
    if (asked === null) return reply.code(401).send({ errors: [problem('UNAUTHENTICATED').toJSON()] })
    const read = body.safeParse(jsonFrom(text))
    if (!read.success) return reply.code(400).send({ errors: [problem('BAD_USER_INPUT').toJSON()] })
    const document = documentFrom(read.data.query)
    if (document instanceof GraphQLError) return reply.code(400).send({ errors: [document.toJSON()] })
    const { context, principal } = asked
    const result = await deps.subgraph.run({
      document, principal, operationName: read.data.operationName ?? null, variables: read.data.variables ?? {},
      requestId: context.requestId, traceId: context.traceId,
    })
    return reply.send(wireResult(result))
  })
  return server

  async function callerOf(header: string | string[] | undefined, text: string): Promise<{ context: WireContext; principal: Principal }> {
    const context = await deps.contexts.verify(typeof header === 'string' ? header : '', text)
    if (context.bundleHash !== deps.policy.bundleHash || context.schemaHash !== deps.policy.schemaHash) throw problem('UNAUTHENTICATED')
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
      return validate(deps.subgraph.schema, document).length === 0 ? document : problem('BAD_USER_INPUT')
    } catch {
      return problem('BAD_USER_INPUT')
    }
  }
}

/** Errors by their catalogue form alone: no stack, no original error. */
function wireResult(result: ExecutionResult): unknown {
  return { data: result.data ?? null, ...(result.errors === undefined ? {} : { errors: result.errors.map((error) => error.toJSON()) }) }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
