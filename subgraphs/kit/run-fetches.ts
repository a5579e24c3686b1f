import { Kind, type DocumentNode, type ExecutionResult } from 'graphql'
import type { DisclosureEntry, DisclosureLog, DisclosureReceipt } from '../../policy/disclosure.ts'
import { problem } from '../../policy/errors.ts'
import { joinedEntries } from '../../policy/joined-entries.ts'
import { recordedOperation } from '../../policy/operation-name.ts'
import type { RequestScope } from '../../policy/request-scope.ts'
import type { GraphPolicy, Subgraph } from './create-subgraph.ts'
import { createRequestScopes } from './request-scopes.ts'
import type { SubgraphRequest } from './run-request.ts'

/** A fetch and whom it asks. */
export type AskedFetch = Pick<SubgraphRequest, 'document' | 'operationName' | 'variables'> & { subgraph: Subgraph }
/** For whom, and of which request; `isReading`: that request changes nothing. */
export type FetchingRequest = Pick<SubgraphRequest, 'principal' | 'requestId' | 'traceId'> & { isReading: boolean }

export type RunFetchesDeps = {
  log: DisclosureLog
  clock: () => Date
  hashes: Pick<GraphPolicy, 'bundleHash' | 'schemaHash'>
  /** How long fetches wait for the slowest of those they came with: less than the gateway waits for all of them. */
  patienceMs?: number
}

/** Answers in the order of the fetches, and the receipts of their records. Never rejects. */
export type RunFetches = (
  fetches: readonly AskedFetch[],
  request: FetchingRequest,
) => Promise<{ results: ExecutionResult[]; receipts: DisclosureReceipt[] }>

/**
 * Runs what one request asks of this process, side by side. Fetches of a reading request share facts, and leave one
 * record, durable before any of them is answered (design I5). One that takes too long is answered TIMEOUT, so that the
 * others are not lost with it.
 */
export function createRunFetches({ log, clock, hashes, patienceMs = 8_000 }: RunFetchesDeps): RunFetches {
  const scopeOf = createRequestScopes()
  return async (fetches, { isReading, ...request }) => {
    const isShared = isReading && fetches.every(({ document }) => isQuery(document))
    const scopes = fetches.map(() => (isShared ? scopeOf(keyOf(request), request.principal.caseNumber) : null))
    const running = fetches.map(({ subgraph, ...fetch }, n) =>
      subgraph.run({ ...fetch, ...request, scope: scopes[n] ?? null }),
    )
    const answers = running.length === 1 ? await Promise.all(running) : await inTime(running)
    const operation = recordedOperation(fetches[0]?.operationName ?? null)
    const decided = scopes.map((scope, n) => (answers[n] === null ? nothing : decidedIn(scope)))
    const receipts = await recorded(decided, request, operation)
    // What was asked of people leaves its trace, whoever still waits for it.
    for (const [n, answer] of answers.entries())
      if (answer === null) void running[n]?.then(() => recorded([decidedIn(scopes[n])], request, operation))
    const results = answers.map((answer, n) => {
      if (answer === null) return { data: null, errors: [problem('TIMEOUT')] }
      if (receipts !== null || decided[n]?.entries.length === 0) return answer
      return { data: null, errors: [problem('LOG_UNAVAILABLE', undefined, { requestId: request.requestId })] }
    })
    const own = answers.flatMap((answer) => (answer?.extensions?.['receipts'] ?? []) as DisclosureReceipt[])
    return { results, receipts: [...own, ...(receipts ?? [])] }
  }

  /** Null for those that take too long. */
  async function inTime(running: readonly Promise<ExecutionResult>[]): Promise<(ExecutionResult | null)[]> {
    const late = Promise.withResolvers<null>()
    const timer = setTimeout(() => late.resolve(null), patienceMs)
    return Promise.all(running.map((one) => Promise.race([one, late.promise]))).finally(() => clearTimeout(timer))
  }

  /** The receipt of one record of all that; null where it is not durable. */
  async function recorded(
    decided: readonly Decided[],
    request: Omit<FetchingRequest, 'isReading'>,
    operation: string | null,
  ): Promise<DisclosureReceipt[] | null> {
    const entries = decided.flatMap((one) => one.entries)
    if (entries.length === 0) return []
    const [only, ...others] = new Set(decided.flatMap(({ writers }) => writers))
    // Named as what one process records of several.
    const writer = only !== undefined && others.length === 0 ? only : 'gateway'
    const record = { ...request, writer, at: clock(), operation, ...hashes, entries: joinedEntries(entries) }
    return log.append(record).then(
      (receipt) => (receipt === undefined ? [] : [receipt]),
      () => null,
    )
  }
}

/** What a fetch is to leave in the record. */
type Decided = { entries: readonly DisclosureEntry[]; writers: readonly string[] }
const nothing: Decided = { entries: [], writers: [] }

function decidedIn(scope: RequestScope | null | undefined): Decided {
  return scope ? { entries: scope.recorder.entries(), writers: scope.recorder.writers() } : nothing
}

/** Whoever asks otherwise, in whatever part of it, shares nothing. */
function keyOf({ traceId, principal }: Omit<FetchingRequest, 'isReading'>): string {
  const { token, purpose, caseNumber } = principal
  return JSON.stringify([traceId, token, purpose, caseNumber])
}

function isQuery({ definitions }: DocumentNode): boolean {
  return definitions.every((one) => one.kind !== Kind.OPERATION_DEFINITION || one.operation === 'query')
}
