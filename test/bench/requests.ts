import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { People } from './people.ts'
import type { Workload } from './workloads.ts'

/** Body and headers of one request: which clerk asks, and about whom of theirs. */
export type RequestOf = (
  workload: Workload,
  asksWho: boolean,
  clerk: number,
  customer: number,
) => readonly [body: string, headers: Readonly<Record<string, string>>]

const purposes = { bank: 'CREDIT_ASSESSMENT', analyst: 'STATISTICS' } as const

/** Requests of a hundred clerks of the bank, and as many analysts, with tokens of the local issuer in `dataDir`. */
export async function createRequests(dataDir: string, { groups, owners, clerks }: People): Promise<RequestOf> {
  const issuer = createLocalIssuer(dataDir)
  const tokensOf = (persona: string): Promise<string[]> => {
    const claims = loadPersonas().find((one) => one.persona === persona)?.claims ?? {}
    return Promise.all(
      Array.from({ length: clerks }, (_, n) => issuer.sign({ ...claims, sub: `bench-${persona}-${n}` })),
    )
  }
  const tokens = { bank: await tokensOf('bank'), analyst: await tokensOf('analyst') }
  return ({ name, query, as, of, people, variables }, asksWho, clerk, customer) => {
    const theirs = (of === 'owners' ? owners : groups)[clerk % clerks] ?? []
    const chosen = Array.from({ length: people }, (_, n) => theirs[(customer + n) % theirs.length] ?? '')
    const body = JSON.stringify({ query, operationName: name, variables: variables(chosen, clerk * 7 + customer) })
    const token = tokens[as][clerk % clerks] ?? ''
    return [body, asksWho ? { authorization: `Bearer ${token}`, 'x-purpose': purposes[as] } : {}]
  }
}
