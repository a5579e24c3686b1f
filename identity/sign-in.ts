import type { Persona } from '../synthetic/personas.ts'
import type { LocalIssuer } from './local-issuer.ts'

/** A persona with what its requests carry. */
export type SignedInPersona = PersonaSummary & { vi: string; en: string; token: string | null }

/** A persona as `token --list --json` prints it. */
export type PersonaSummary = {
  persona: string
  /** The number of the person behind it; null for who is no citizen. */
  personalId: string | null
  purposes: readonly string[]
  /** The open case the seed registered for it. */
  case: string | null
  /** Beside Authorization: what the two queries are asked with. */
  headers: Readonly<Record<string, string>>
  /** A query it can run, and one with a field it can't have. */
  allowed: string | null
  denied: string | null
}

/** What there is to know of a persona without signing in. */
export function summaryOf({ persona, person, purposes, cases, allowed, denied }: Persona): PersonaSummary {
  const [purpose] = purposes
  const number = cases[0]?.number ?? null
  const headers = {
    ...(purpose === undefined ? {} : { 'X-Purpose': purpose }),
    ...(number === null ? {} : { 'X-Case': number }),
  }
  return { persona, personalId: person, purposes, case: number, headers, allowed, denied }
}

/** Signs a persona in at the local issuer; nobody has no token. */
export async function signIn(persona: Persona, issuer: LocalIssuer): Promise<SignedInPersona> {
  const token = persona.claims === null ? null : await issuer.sign(persona.claims)
  return { ...summaryOf(persona), vi: persona.vi, en: persona.en, token }
}
