import { GraphQLError, type ExecutionResult } from 'graphql'
import { z } from 'zod'
import type { SigningKey } from '../../config/key-text.ts'
import { contextHeader, mostTogether, signContext } from '../../identity/context-token.ts'
import { problem } from '../../policy/errors.ts'
import type { GatewayContext } from '../context.ts'
import type { Fetch, SendFetch } from './data-source.ts'
import { createPostJson, type PostJson } from './post-json.ts'

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
})
const reply = z.object({ answers: z.array(answer), receipts: z.array(receipt) })

/** The hashes of rules and schema this gateway decides by: a subgraph with others refuses. */
export type Hashes = { bundleHash: string; schemaHash: string }

type Waiting = {
  subgraph: string
  fetch: Fetch
  resolve: (result: ExecutionResult) => void
  reject: (error: Error) => void
}

/** Where fetches go, and what of each request waits for the end of a step. */
type Address = { post: PostJson; gathered: Map<GatewayContext, Waiting[]> }

/** A way to a subgraph at an address. */
export type SendTo = (subgraph: string, url: string) => SendFetch

/**
 * Sends fetches to subgraphs in other processes (docs/reference/wire.md). What a step of one request's plan asks at one
 * address travels together, under one signed context. Fetches reject with SUBGRAPH_UNAVAILABLE or TIMEOUT; nothing of the
 * transport goes into an error.
 */
export function createRemoteSubgraphs(key: SigningKey, hashes: Hashes, timeoutMs = 10_000): SendTo {
  const addresses = new Map<string, Address>()
  return (subgraph, url) => {
    const address = addresses.get(url) ?? { post: createPostJson(url, timeoutMs), gathered: new Map() }
    addresses.set(url, address)
    return (fetch) =>
      new Promise((resolve, reject) => gather(address, fetch.context, { subgraph, fetch, resolve, reject }))
  }

  function gather({ gathered, post }: Address, context: GatewayContext, one: Waiting): void {
    const others = gathered.get(context)
    if (others !== undefined && others.length < mostTogether) {
      others.push(one)
      return
    }
    const all = [one]
    gathered.set(context, all)
    // A step asks all it asks before it waits.
    process.nextTick(() => {
      if (gathered.get(context) === all) gathered.delete(context)
      void sendAll(post, context, all)
    })
  }

  /** Settles every fetch; never rejects. */
  async function sendAll(post: PostJson, context: GatewayContext, all: readonly Waiting[]): Promise<void> {
    try {
      const answers = await asked(post, context, all)
      for (const [n, { resolve }] of all.entries()) resolve(answers[n] ?? { data: null })
    } catch (error) {
      const reason = error instanceof GraphQLError ? error : problem('SUBGRAPH_UNAVAILABLE')
      for (const { reject } of all) reject(reason)
    }
  }

  /** As many answers as fetches, all receipts with the first. */
  async function asked(post: PostJson, context: GatewayContext, all: readonly Waiting[]): Promise<ExecutionResult[]> {
    const { principal, requestId, traceId, scope } = context
    const { token, purpose, caseNumber } = principal
    const body = JSON.stringify(
      all.map(({ subgraph, fetch: { query, operationName, variables } }) => ({
        subgraph,
        query,
        operationName,
        variables,
      })),
    )
    const names = [...new Set(all.map(({ subgraph }) => subgraph))]
    const said = { requestId, traceId, token, purpose, caseNumber, ...hashes, isReading: scope !== null }
    const value = await post(body, { [contextHeader]: signContext(key, names, body, said) })
    const read = reply.safeParse(value)
    if (!read.success || read.data.answers.length !== all.length) throw problem('SUBGRAPH_UNAVAILABLE')
    const { answers, receipts } = read.data
    return answers.map(({ data = null, errors }, n) => ({
      data,
      ...(errors === undefined ? {} : { errors: errors.map(errorFrom) }),
      ...(n === 0 ? { extensions: { receipts } } : {}),
    }))
  }
}

function errorFrom({
  message,
  path,
  extensions,
}: NonNullable<z.output<typeof answer>['errors']>[number]): GraphQLError {
  return new GraphQLError(message, { path, extensions: extensions ?? {} })
}
