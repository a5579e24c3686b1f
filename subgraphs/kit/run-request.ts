import { execute, GraphQLError, Kind, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { problem } from '../../policy/errors.ts'
import type { Principal } from '../../policy/types.ts'
import { cataloguedError } from './catalogued-error.ts'
import { absentRow } from './find-rows.ts'
import { createGate } from './gate.ts'
import type { RequestContext } from './request-context.ts'
import { tooManyRows } from './row-budget.ts'
import type { SubgraphRuntime } from './runtime.ts'
import { createSession } from './session.ts'
import type { Row, SubgraphServices, Table } from './types.ts'
import { createVerdicts } from './verdicts.ts'

/** One fetch: a document of this subgraph, and for whom. */
export type SubgraphRequest = {
  document: DocumentNode
  operationName: string | null
  variables: Readonly<Record<string, unknown>>
  principal: Principal
  requestId: string
  traceId: string
}

/**
 * Runs one fetch and waits until its disclosure record is durable: no record, no data (design I5). Masked values are
 * announced as errors with the code MASKED, so that the gateway's path arithmetic serves them too. Never rejects.
 */
export async function runRequest(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  services: SubgraphServices,
  request: SubgraphRequest,
): Promise<ExecutionResult> {
  const session = createSession(services.pool)
  const context = contextOf(runtime, services, request, createGateOf(runtime, session, services, request))
  const { document, operationName, variables } = request
  const result = await execute({ schema, document, contextValue: context, variableValues: variables, operationName })
  await session.end()
  const entries = context.gate.recorder.entries()
  // A mutation's record is in its own transaction, and a withdrawal never waits for the log.
  if (entries.length > 0 && !isMutation(document)) {
    const { requestId, traceId, principal } = request
    const { bundleHash, schemaHash, definition } = runtime
    const record = {
      traceId,
      requestId,
      writer: definition.name,
      at: services.clock(),
      principal,
      operation: operationName,
      bundleHash,
      schemaHash,
      entries,
    }
    const isDurable = await services.log.append(record).then(
      () => true,
      () => false,
    )
    if (!isDurable) return { data: null, errors: [problem('LOG_UNAVAILABLE', undefined, { requestId })] }
  }
  if (context.gate.find.isExhausted()) return { data: null, errors: [tooManyRows()] }
  const notices = context.masked.map(
    ({ path, coordinate, mask }) =>
      new GraphQLError('masked', { path, extensions: { code: 'MASKED', coordinate, mask } }),
  )
  const errors = [...(result.errors ?? []).map(cataloguedError), ...notices]
  return { data: result.data ?? null, ...(errors.length > 0 ? { errors } : {}) }
}

function createGateOf(
  runtime: SubgraphRuntime,
  session: ReturnType<typeof createSession>,
  services: SubgraphServices,
  request: SubgraphRequest,
) {
  const verdicts = createVerdicts(runtime, request.principal, services.facts, request.traceId, services.clock())
  return createGate(runtime, session, verdicts, { principal: request.principal, ids: services.ids })
}

function contextOf(
  runtime: SubgraphRuntime,
  services: SubgraphServices,
  request: SubgraphRequest,
  gate: RequestContext['gate'],
): RequestContext {
  const { principal, requestId, traceId } = request
  const roots = new Map<string, Row>()
  const context: RequestContext = {
    principal,
    requestId,
    traceId,
    services,
    gate,
    masked: [],
    errorPlace: (coordinate) => ({ coordinate, requestId, grantee: principal.org, purpose: principal.purpose }),
    isOpen: (coordinate) => runtime.classes.get(coordinate)?.level === 'L0',
    rootRow: (edge, args) => {
      const about = edge.kind === 'resolve' ? (edge.about?.(args, context) ?? {}) : {}
      const key = JSON.stringify([about.persons, about.place])
      const row = roots.get(key) ?? {
        ...absentRow(rootTable, ''),
        persons: about.persons ?? [],
        place: about.place ?? [],
      }
      roots.set(key, row)
      return row
    },
  }
  return context
}

/** Roots stand on no table: nothing can be read of them. */
const rootTable: Table = { type: 'Query', from: '', key: '', keyType: 'text', columns: {} }

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation',
  )
}
