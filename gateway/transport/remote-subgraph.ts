import type { ExecutionResult } from 'graphql'
import { GraphQLError } from 'graphql'
import { z } from 'zod'
import type { SigningKey } from '../../config/key-text.ts'
import { contextHeader, signContext } from '../../identity/context-token.ts'
import { problem } from '../../policy/errors.ts'
import type { SendFetch } from './data-source.ts'

const receipt = z.object({
  record: z.string(),
  leaf: z.string(),
  writer: z.string(),
  counter: z.number(),
  at: z.string(),
  previous: z.string().nullable(),
  keyId: z.string(),
  signature: z.string(),
})
const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  extensions: z.object({ receipts: z.array(receipt) }).optional(),
})

/** The hashes of rules and schema this gateway decides by: a subgraph with others refuses. */
export type Hashes = { bundleHash: string; schemaHash: string }

/**
 * Sends fetches to a subgraph in another process, each with its signed context. Rejects with SUBGRAPH_UNAVAILABLE or
 * TIMEOUT; nothing of the transport (address, status, body) goes into an error.
 */
export function createRemoteSubgraph(
  name: string,
  url: string,
  key: SigningKey,
  hashes: Hashes,
  timeoutMs = 10_000,
): SendFetch {
  return async ({ query, operationName, variables, context }): Promise<ExecutionResult> => {
    const { principal, requestId, traceId } = context
    const body = JSON.stringify({ query, operationName, variables })
    const { token, purpose, caseNumber } = principal
    const signed = await signContext(key, name, body, { requestId, traceId, token, purpose, caseNumber, ...hashes })
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', [contextHeader]: signed },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw problem(error instanceof DOMException && error.name === 'TimeoutError' ? 'TIMEOUT' : 'SUBGRAPH_UNAVAILABLE')
    })
    const read = answer.safeParse(response.ok ? await response.json().catch(() => null) : null)
    if (!read.success) throw problem('SUBGRAPH_UNAVAILABLE')
    const errors = read.data.errors?.map(
      ({ message, path, extensions }) => new GraphQLError(message, { path, extensions: extensions ?? {} }),
    )
    const { data = null, extensions } = read.data
    return { data, ...(errors === undefined ? {} : { errors }), ...(extensions === undefined ? {} : { extensions }) }
  }
}
