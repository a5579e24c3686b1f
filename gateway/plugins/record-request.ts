import type { DisclosureEntry, DisclosureLog } from '../../policy/disclosure.ts'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import { problem } from '../../policy/errors.ts'
import { joinedEntries } from '../../policy/joined-entries.ts'
import { recordedOperation } from '../../policy/operation-name.ts'
import type { GatewayContext } from '../context.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/** What every record of the gateway names beside the caller. */
export type RecordDeps = { log: DisclosureLog; bundleHash: string; schemaHash: string; clock: () => Date }

/**
 * Records, durably and before the answer leaves, the denials no subgraph saw and what the subgraphs of this process
 * decided, as one record. Where it can't be recorded, nothing is shown; and where a denial can't, the whole answer is
 * withheld: a probe that leaves no trace would be worth more than the answer.
 */
export function recordRequest(deps: RecordDeps): GraphqlPlugin {
  return {
    name: 'record-request',
    onAnswer: async (answer) => {
      const { context, operation } = answer
      const { refusals, scope } = context
      const decided = scope?.recorder.entries() ?? []
      if (refusals.length === 0 && decided.length === 0) return
      if (await recorded(deps, context, operation?.name?.value ?? null, decided)) return
      if (refusals.length === 0) {
        answer.result = withheld(answer.result)
        return
      }
      answer.result = { errors: [problem('LOG_UNAVAILABLE').toJSON()] }
      answer.status = 503
    },
  }
}

/** Every field that was asked for is null, and says why. */
function withheld({ data }: FormattedExecutionResult): FormattedExecutionResult {
  const { message, extensions } = problem('LOG_UNAVAILABLE')
  if (data === null || data === undefined) return { data: null, errors: [problem('LOG_UNAVAILABLE').toJSON()] }
  const keys = Object.keys(data)
  return {
    data: Object.fromEntries(keys.map((key) => [key, null])),
    errors: keys.map((key) => new GraphQLError(message, { path: [key], extensions }).toJSON()),
  }
}

/** Appends what is to be recorded of a request to the disclosure log and keeps the receipt; false where that failed. */
export async function recorded(
  deps: RecordDeps,
  context: GatewayContext,
  operation: string | null,
  decided: readonly DisclosureEntry[] = [],
): Promise<boolean> {
  const { principal, requestId, traceId, refusals, scope } = context
  const { bundleHash, schemaHash } = deps
  const [only, ...others] = [...(refusals.length > 0 ? ['gateway'] : []), ...(scope?.recorder.writers() ?? [])]
  const record = {
    traceId,
    requestId,
    writer: only !== undefined && others.length === 0 ? only : 'gateway',
    at: deps.clock(),
    principal,
    operation: recordedOperation(operation),
    bundleHash,
    schemaHash,
    entries: joinedEntries([...refusals, ...decided]),
  }
  return deps.log.append(record).then(
    (receipt) => {
      if (receipt !== undefined) context.receipts.push(receipt)
      return true
    },
    () => false,
  )
}
