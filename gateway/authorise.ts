import { createHash } from 'node:crypto'
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { denial, problem } from '../policy/errors.ts'
import type { DisclosureLog } from '../policy/disclosure.ts'
import { cutOperation, type ArgumentClasses, type CutOperation } from './authorise/cut-operation.ts'
import type { EarlyDecisions } from './authorise/early-decisions.ts'
import { refusalEntries } from './authorise/refusal-entries.ts'
import { restoreNulls, type CutPlace } from './authorise/restore-nulls.ts'
import type { GraphContext } from './graph-context.ts'

export type AuthoriseDeps = {
  schema: GraphQLSchema
  early: (principal: GraphContext['principal']) => EarlyDecisions
  arguments: ArgumentClasses
  log: DisclosureLog
  clock: () => Date
  /** Hashes that every record names. */
  bundleHash: string
  schemaHash: string
}

/**
 * Around the gateway's executor: cut what is denied, put the cut into the plan's cache key, execute what is left,
 * restore the shape that was asked for, and record the refusals that reached no subgraph before the answer leaves.
 */
export function authorise(inner: GatewayExecutor, deps: AuthoriseDeps): GatewayExecutor {
  const remembered = createMemory<CutOperation>(2000)
  return async (requestContext) => {
    const context = requestContext.context as GraphContext
    const early = deps.early(context.principal)
    const { document, operation, queryHash } = requestContext
    const key = `${queryHash} ${requestContext.operationName ?? ''} ${early.signature}`
    const cut = remembered(key, () => cutOperation(deps.schema, document, operation, early, deps.arguments))

    const result = cut.document === null ? { data: {} } : await inner({ ...requestContext, document: cut.document, queryHash: hash(queryHash, cut.signature) })
    const { data, places } = restoreNulls(cut.shape, result.data ?? null, requestContext.request.variables ?? {})
    const refusals = places.map((place) => denial(place.decision, { ...place, requestId: context.requestId, grantee: context.principal.org, purpose: context.principal.purpose }))
    const cutErrors = refusals.map((error, index) => new GraphQLError(error.message, { path: places[index]?.path, extensions: error.extensions }))

    if (places.length > 0 && !(await isRecorded(requestContext, context, places))) {
      return { data: null, errors: [problem('LOG_UNAVAILABLE', undefined, { requestId: context.requestId })] }
    }
    const { masked, errors } = withoutNotices([...(result.errors ?? []), ...cutErrors])
    if (masked.length > 0) context.masked.push(...masked)
    return { data: result.data === null && places.length === 0 ? null : data, ...(errors.length > 0 ? { errors } : {}) }
  }

  async function isRecorded(requestContext: GatewayGraphQLRequestContext, context: GraphContext, places: readonly CutPlace[]): Promise<boolean> {
    const entries = refusalEntries(places, requestContext.operation, requestContext.request.variables ?? {}, context.principal, deps.arguments)
    const { bundleHash, schemaHash } = deps
    const { traceId, requestId, principal } = context
    const record = { traceId, requestId, writer: 'gateway', at: deps.clock(), principal, operation: requestContext.operationName, bundleHash, schemaHash, entries }
    return deps.log.append(record).then(() => true, () => false)
  }
}

/** Subgraphs announce masked values as errors, so that their paths are translated like errors' paths. */
function withoutNotices(all: readonly GraphQLError[]): { masked: GraphContext['masked']; errors: GraphQLError[] } {
  const isNotice = (error: GraphQLError) => error.extensions['code'] === 'MASKED'
  const masked = all.filter(isNotice).map((error) => ({ path: error.path ?? [], coordinate: String(error.extensions['coordinate']), mask: String(error.extensions['mask']) }))
  return { masked, errors: all.filter((error) => !isNotice(error)) }
}

function hash(queryHash: string, signature: string): string {
  return createHash('sha256').update(`${queryHash} ${signature}`).digest('hex')
}

/** Remembers the last `bound` results of a pure function. */
function createMemory<Value>(bound: number): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>()
  return (key, make) => {
    const value = known.get(key) ?? make()
    known.delete(key)
    known.set(key, value)
    const [oldest] = known.keys()
    if (known.size > bound && oldest !== undefined) known.delete(oldest)
    return value
  }
}
