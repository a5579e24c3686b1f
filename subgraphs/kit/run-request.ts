import { setTimeout as wait } from 'node:timers/promises'
import { execute, GraphQLError, Kind, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import type { DisclosureReceipt } from '../../policy/disclosure.ts'
import { createEntryRecorder } from '../../policy/entry-recorder.ts'
import { problem } from '../../policy/errors.ts'
import { recordedOperation } from '../../policy/operation-name.ts'
import type { RequestScope } from '../../policy/request-scope.ts'
import type { Principal } from '../../policy/types.ts'
import { cataloguedError } from './catalogued-error.ts'
import type { CompiledPath } from './compiled/compiled-path.ts'
import { countedVerdicts } from './counting/counted-verdicts.ts'
import { createGate } from './gate.ts'
import { internalCause } from './internal-cause.ts'
import { repeatedVerdicts } from './repeated-verdicts.ts'
import { createRequestContext } from './create-request-context.ts'
import { tooManyRows } from './row-budget.ts'
import type { SubgraphRuntime } from './runtime.ts'
import { scopedIds } from './scoped-ids.ts'
import { createSession } from './session.ts'
import { sharedFacts } from './shared-facts.ts'
import type { Turns } from './turns.ts'
import type { DisclosureEntry, SubgraphServices } from './types.ts'
import { createVerdicts } from './verdicts.ts'

/** One fetch: a document of this subgraph, and for whom. */
export type SubgraphRequest = {
  document: DocumentNode
  operationName: string | null
  variables: Readonly<Record<string, unknown>>
  principal: Principal
  requestId: string
  traceId: string
  /** What this request's fetches share in one process: then its record is the gateway's to write. Null: nothing is shared. */
  scope?: RequestScope | null
}

/**
 * Runs one fetch and waits until its disclosure record is durable: no record, no data (design I5). With a scope, what is
 * to be recorded goes there, and whoever made the scope waits for the one record of all fetches before anything is
 * answered. Masked values are announced as errors with the code MASKED, so that the gateway's path arithmetic serves them
 * too. The record's receipt stands in `extensions.receipts`. Never rejects.
 */
export async function runRequest(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  given: SubgraphServices,
  request: SubgraphRequest,
  { turn, compiled }: { turn: Turns; compiled: CompiledPath | null },
): Promise<ExecutionResult> {
  const { scope = null } = request
  const services = scope === null ? given : { ...given, ids: scopedIds(given.ids, scope) }
  const session = createSession(services.pool)
  const { principal, requestId, traceId } = request
  const store = scope === null ? services.facts : sharedFacts(services.facts, scope)
  const verdicts = createVerdicts(runtime, principal, store, traceId, services.clock())
  const verdictFor = countedVerdicts(verdicts.verdictFor, services.counts.of(principal))
  const { document, operationName, variables } = request
  const isChange = isMutation(document)
  const recorder = scope === null || isChange ? createEntryRecorder(principal.caseNumber) : scope.recorder
  const ofSubgraph = recorder.of(runtime.definition.name)
  const gate = createGate(runtime, session, repeatedVerdicts(verdictFor, principal), {
    principal,
    requestId,
    ids: services.ids,
    recorder: ofSubgraph,
  })
  const context = createRequestContext(runtime, services, request, gate)
  const args = { schema, document, contextValue: context, variableValues: variables, operationName }
  const executed = async (): Promise<ExecutionResult> => {
    try {
      return await execute(args)
    } finally {
      await session.end()
    }
  }
  const answered = async (): Promise<ExecutionResult> => {
    const answer = await compiled?.(document, variables, {
      context,
      verdictFor,
      uncounted: verdicts.verdictFor,
      kindOf: verdicts.kindOf,
    })
    if (!answer) return turn(executed)
    context.masked.push(...answer.masked)
    return { data: answer.data, ...(answer.errors.length > 0 ? { errors: answer.errors } : {}) }
  }
  const result = await answered().catch((error: unknown): ExecutionResult => ({
    errors: [error instanceof GraphQLError ? error : problem('INTERNAL')],
  }))
  const entries = recorder === scope?.recorder ? [] : recorder.entries()
  const receipts = entries.length === 0 ? [] : await recorded(runtime, services, request, entries, isChange)
  const isDurable = receipts !== null
  if (!isDurable && !isChange)
    return { data: null, errors: [problem('LOG_UNAVAILABLE', undefined, { requestId: request.requestId })] }
  if (context.gate.find.isExhausted()) return { data: null, errors: [tooManyRows()] }
  const notices = context.masked.map(
    ({ path, coordinate, mask }) =>
      new GraphQLError('masked', { path, extensions: { code: 'MASKED', coordinate, mask } }),
  )
  const told = isDurable ? result : withoutRows(result, request.requestId)
  const failures = (told.errors ?? []).map((error) => reported(cataloguedError(error), error))
  const errors = [...failures, ...notices]
  const extensions = receipts === null || receipts.length === 0 ? {} : { extensions: { receipts } }
  return { data: told.data ?? null, ...(errors.length > 0 ? { errors } : {}), ...extensions }

  /** A mistake of ours leaves a line for operators, by the id that whoever met it was given. */
  function reported(error: GraphQLError, cause: GraphQLError): GraphQLError {
    if (error.extensions['code'] === 'INTERNAL')
      services.report?.(`${runtime.definition.name}: INTERNAL in request ${request.requestId}: ${internalCause(cause)}`)
    return error
  }
}

/** How long the answer to a change waits for the record of what it shows: a withdrawal never waits for the log itself. */
const patienceOfChangesMs = 1000

/** The receipt once the record is durable, else null. A change has its own record in its own transaction; this one is of what it shows. */
async function recorded(
  runtime: SubgraphRuntime,
  services: SubgraphServices,
  request: SubgraphRequest,
  entries: DisclosureEntry[],
  isChange: boolean,
): Promise<DisclosureReceipt[] | null> {
  const { requestId, traceId, principal, operationName } = request
  const { bundleHash, schemaHash, definition } = runtime
  const record = {
    traceId,
    requestId,
    writer: definition.name,
    at: services.clock(),
    principal,
    operation: recordedOperation(operationName),
    bundleHash,
    schemaHash,
    entries,
  }
  const durable = services.log.append(record).then(
    (receipt) => (receipt === undefined ? [] : [receipt]),
    () => null,
  )
  if (!isChange) return durable
  const waiting = new AbortController()
  const patience = wait(patienceOfChangesMs, null, { signal: waiting.signal, ref: false }).catch(() => null)
  return Promise.race([durable, patience]).finally(() => waiting.abort())
}

/** What a change answers where its record is not durable: that it happened, without the rows it would show. */
function withoutRows(result: ExecutionResult, requestId: string): ExecutionResult {
  const errors: GraphQLError[] = [...(result.errors ?? [])]
  const data = Object.fromEntries(
    Object.entries(result.data ?? {}).map(([root, payload]) => {
      if (typeof payload !== 'object' || payload === null) return [root, payload]
      const fields = Object.entries(payload).map(([key, value]) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return [key, value]
        const { message, extensions } = problem('LOG_UNAVAILABLE', undefined, { requestId })
        errors.push(new GraphQLError(message, { path: [root, key], extensions }))
        return [key, null]
      })
      return [root, Object.fromEntries(fields)]
    }),
  )
  return { data, errors }
}

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation',
  )
}
