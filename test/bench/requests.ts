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

/** Requests of the bank's clerks, with tokens of the local issuer in `dataDir`. */
export async function createRequests(dataDir: string, { groups, clerks }: People): Promise<RequestOf> {
  const issuer = createLocalIssuer(dataDir)
  const claims = loadPersonas().find(({ persona }) => persona === 'bank')?.claims ?? {}
  const tokens = await Promise.all(
    Array.from({ length: clerks }, (_, n) => issuer.sign({ ...claims, sub: `bench-clerk-${n}` })),
  )
  return ({ name, query, people, variables }, asksWho, clerk, customer) => {
    const group = groups[clerk % clerks] ?? []
    const chosen = people === 1 ? [group[customer % group.length] ?? ''] : group
    const body = JSON.stringify({ query, operationName: name, variables: variables(chosen) })
    const token = tokens[clerk % clerks] ?? ''
    return [body, asksWho ? { authorization: `Bearer ${token}`, 'x-purpose': 'CREDIT_ASSESSMENT' } : {}]
  }
}
