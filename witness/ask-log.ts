import { z } from 'zod'

/** What a witness asks of a log; open data of its graph, asked by nobody in particular. */
export type LogSource = {
  /** The newest head as it was signed, and how many records there are by now; null while there is none. */
  head: () => Promise<{ token: string; written: number } | null>
  /** The hashes that show one tree as the beginning of another. */
  consistency: (first: number, second: number) => Promise<string[]>
  /** The key set the log publishes, as text. */
  keys: () => Promise<string>
}

const headAnswer = z.object({
  data: z.object({ logHead: z.object({ signed: z.string(), written: z.coerce.number() }).nullable() }),
})
const proofAnswer = z.object({ data: z.object({ logConsistency: z.array(z.string()) }) })

const headQuery = '{ logHead { signed written } }'
const proofQuery = 'query ($first: Decimal!, $second: Decimal!) { logConsistency(first: $first, second: $second) }'
const patienceMs = 5000

/** A log behind a gateway at this address. Every call rejects where the gateway can't be reached or answers otherwise. */
export function createLogSource(address: string): LogSource {
  const text = async (path: string, init: RequestInit): Promise<string> => {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch(new URL(path, address), { ...init, redirect: 'error', signal })
    if (!response.ok) throw new Error(`the gateway answers ${response.status}`)
    return response.text()
  }
  const ask = async (query: string, variables: Record<string, string>): Promise<unknown> => {
    const body = JSON.stringify({ query, variables })
    return JSON.parse(await text('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
  }
  return {
    head: async () => {
      const { logHead } = headAnswer.parse(await ask(headQuery, {})).data
      return logHead === null ? null : { token: logHead.signed, written: logHead.written }
    },
    consistency: async (first, second) => {
      const variables = { first: String(first), second: String(second) }
      return proofAnswer.parse(await ask(proofQuery, variables)).data.logConsistency
    },
    keys: () => text('/.well-known/jwks.json', {}),
  }
}
