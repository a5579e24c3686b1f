import { Client } from 'pg'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { Answer, Question, WholeGraph } from '../support/whole-graph.ts'

/** Who asks, and for what. */
export type Asker = Pick<Question, 'as' | 'purpose' | 'case'>
type Verified = { answers: ({ claim: string; result: string } | null)[]; attestation: string | null }
/** `outcome`: the result of each claim, or the code it was refused with. */
type Verdict = Answer & { verified: Verified | null; outcome: string[] }

const claimsOf = (persona: string) => loadPersonas().find((one) => one.persona === persona)?.claims ?? {}

/** An officer of the commune, with another account or of another organisation. */
export const officer = (changes: Record<string, unknown>): Asker => ({
  as: { ...claimsOf('commune-officer'), ...changes },
  purpose: 'CIVIL_STATUS',
})

/** One of another organisation that may ask about the same people. */
export const insuranceOfficer = (sub: string): Asker => ({
  as: { ...claimsOf('insurance-officer'), sub },
  purpose: 'INSURANCE_ADMINISTRATION',
})

const query = `query ($personalId: PersonalId!, $claims: ClaimsInput!, $attestation: AttestationInput) {
  verify(personalId: $personalId, claims: $claims, attestation: $attestation) { answers { claim result } attestation } }`

/** Asks a graph for claims. */
export function askingOf(graph: WholeGraph) {
  return {
    verify: async (
      who: Asker,
      personalId: string,
      claims: Record<string, unknown>,
      attestation?: { audience: string; nonce: string },
    ): Promise<Verdict> => {
      const answer = await graph.ask({ ...who, query, variables: { personalId, claims, attestation } })
      const verified = (answer.body.data?.['verify'] ?? null) as Verified | null
      const codeOf = (index: number | null) => {
        const error = answer.body.errors?.find(({ path }) => index === null || path?.[2] === index)
        return String(error?.extensions?.['code'])
      }
      const outcome = verified?.answers.map((one, index) => one?.result ?? codeOf(index)) ?? [codeOf(null)]
      return { ...answer, verified, outcome }
    },
    /** What the superuser of a database finds. */
    rows: async <T>(subgraph: string, text: string): Promise<T[]> => {
      const client = new Client(graph.databases.get(subgraph)?.superuser)
      await client.connect()
      try {
        return (await client.query(text)).rows as T[]
      } finally {
        await client.end()
      }
    },
  }
}
