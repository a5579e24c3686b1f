import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError, type ExecutionResult } from 'graphql'
import { z } from 'zod'
import {
  contextHeader,
  mostTogether,
  type ContextVerifier,
  type VerifiedContext,
} from '../../identity/context-token.ts'
import { nobody, stating } from '../../identity/principal.ts'
import type { Verifier } from '../../identity/verifier.ts'
import { problem } from '../../policy/errors.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { Principal } from '../../policy/types.ts'
import type { GraphPolicy, Subgraph } from './create-subgraph.ts'
import { createFetchDocuments } from './fetch-documents.ts'
import type { AskedFetch, RunFetches } from './run-fetches.ts'

export type SubgraphRoutesDeps = {
  subgraphs: ReadonlyMap<string, Subgraph>
  /** Whose contexts are believed. */
  contexts: ContextVerifier
  verifier: Verifier
  purposes: PurposeRegistry
  /** Rules and schema in force here: a gateway that decides by others is refused. */
  hashes: Pick<GraphPolicy, 'bundleHash' | 'schemaHash'>
  run: RunFetches
  ready: () => Promise<{ part: string; ok: boolean }[]>
}

const fetch = {
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
}
const alone = z.strictObject(fetch)
const together = z
  .array(z.strictObject({ subgraph: z.string(), ...fetch }))
  .min(1)
  .max(mostTogether)

/**
 * `/NAME/graphql` of each subgraph, and `/graphql` for several at once, for the gateway alone (docs/reference/wire.md):
 * without a signed, unexpired, unused context bound to the subgraphs asked and this body they answer 401 before anything is
 * parsed or read. The caller's token is verified here too.
 */
export function subgraphRoutes(server: FastifyInstance, deps: SubgraphRoutesDeps): void {
  // The signature is over the bytes that arrived, so they are not parsed before it was checked.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text))
  server.setErrorHandler((_error, _request, reply) =>
    reply.code(400).send({ errors: [problem('BAD_USER_INPUT').toJSON()] }),
  )
  server.setNotFoundHandler((_request, reply) => refused(reply))

  server.get('/health/live', () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => {
    const parts = await deps.ready()
    return reply.code(parts.every((part) => part.ok) ? 200 : 503).send({ parts })
  })
  const asked = createAsked(deps)
  server.post('/graphql', (request, reply) => asked(request, reply, null))
  for (const name of deps.subgraphs.keys())
    server.post(`/${name}/graphql`, (request, reply) => asked(request, reply, name))
}

function createAsked({ subgraphs, contexts, verifier, purposes, hashes, run }: SubgraphRoutesDeps) {
  const documents = new Map([...subgraphs].map(([name, { schema }]) => [name, createFetchDocuments(schema)]))

  /** `path`: the only subgraph that is asked at this address. */
  return async ({ body, headers }: FastifyRequest, reply: FastifyReply, path: string | null): Promise<FastifyReply> => {
    const text = typeof body === 'string' ? body : ''
    const caller = await callerOf(headers[contextHeader], text).catch(() => null)
    if (caller === null) return refused(reply)
    const value = jsonFrom(text)
    const several = together.safeParse(value)
    const single = path === null || several.success ? null : alone.safeParse(value)
    const read = several.success ? several.data : single?.success ? [{ subgraph: path ?? '', ...single.data }] : null
    if (read === null) return reply.code(400).send({ errors: [problem('BAD_USER_INPUT').toJSON()] })
    const isMeant = (name: string) => caller.audience.has(name) && name === (path ?? name) && subgraphs.has(name)
    if (!read.every(({ subgraph }) => isMeant(subgraph))) return refused(reply)
    const fetches = read.map(fetchFrom)
    const wrong = fetches.find((one) => one instanceof GraphQLError)
    if (wrong !== undefined) return reply.code(400).send({ errors: [wrong.toJSON()] })
    const { requestId, traceId, isReading } = caller.context
    const asked = fetches as AskedFetch[]
    const { results, receipts } = await run(asked, { principal: caller.principal, requestId, traceId, isReading })
    if (several.success) return reply.send({ answers: results.map(wireResult), receipts })
    const extensions = receipts.length === 0 ? {} : { extensions: { receipts } }
    return reply.send({ ...wireResult(results[0] ?? { data: null }), ...extensions })
  }

  async function callerOf(
    header: string | string[] | undefined,
    text: string,
  ): Promise<VerifiedContext & { principal: Principal }> {
    const { context, audience } = contexts.verify(typeof header === 'string' ? header : '', text)
    if (context.bundleHash !== hashes.bundleHash || context.schemaHash !== hashes.schemaHash)
      throw problem('UNAUTHENTICATED')
    const caller = context.token === null ? nobody : await verifier.verify(context.token)
    if (context.purpose !== null && !purposes.isStatable(caller, context.purpose)) throw problem('UNAUTHENTICATED')
    return { context, audience, principal: stating(caller, context) }
  }

  function fetchFrom({
    subgraph,
    query,
    operationName,
    variables,
  }: z.output<typeof together>[number]): AskedFetch | GraphQLError {
    const [asked, document] = [subgraphs.get(subgraph), documents.get(subgraph)?.(query)]
    if (asked === undefined || document === undefined || document instanceof GraphQLError)
      return document instanceof GraphQLError ? document : problem('BAD_USER_INPUT')
    return { subgraph: asked, document, operationName: operationName ?? null, variables: variables ?? {} }
  }
}

function refused(reply: FastifyReply): FastifyReply {
  return reply.code(401).send({ errors: [problem('UNAUTHENTICATED').toJSON()] })
}

/** Errors by their catalogue form alone: no stack, no original error; receipts stand once for all. */
function wireResult({ data, errors }: ExecutionResult): Record<string, unknown> {
  return { data: data ?? null, ...(errors === undefined ? {} : { errors: errors.map((error) => error.toJSON()) }) }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
