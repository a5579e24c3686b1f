import type { DisclosureLog } from '../../policy/disclosure.ts'
import { problem } from '../../policy/errors.ts'
import { recordedOperation } from '../../policy/operation-name.ts'
import type { GatewayContext } from '../context.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/** What every record of the gateway names beside the caller. */
export type RecordDeps = { log: DisclosureLog; bundleHash: string; schemaHash: string; clock: () => Date }

/**
 * Records the denials no subgraph saw, durably, before the answer leaves. Where they can't be recorded the whole answer
 * is withheld: a probe that leaves no trace would be worth more than the answer.
 */
export function recordRefusals(deps: RecordDeps): GraphqlPlugin {
  return {
    name: 'record-refusals',
    onAnswer: async (answer) => {
      const { context, operation } = answer
      if (context.refusals.length === 0) return
      if (await recorded(deps, context, operation?.name?.value ?? null)) return
      answer.result = { errors: [problem('LOG_UNAVAILABLE').toJSON()] }
      answer.status = 503
    },
  }
}

/** Appends the context's refusals to the disclosure log and keeps the receipt; false where that failed. */
export async function recorded(deps: RecordDeps, context: GatewayContext, operation: string | null): Promise<boolean> {
  const { principal, requestId, traceId, refusals } = context
  const { bundleHash, schemaHash } = deps
  const record = {
    traceId,
    requestId,
    writer: 'gateway',
    at: deps.clock(),
    principal,
    operation: recordedOperation(operation),
    bundleHash,
    schemaHash,
    entries: refusals,
  }
  return deps.log.append(record).then(
    (receipt) => {
      if (receipt !== undefined) context.receipts.push(receipt)
      return true
    },
    () => false,
  )
}
