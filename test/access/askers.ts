import { createEarlyDecisions, type EarlyDecisions } from '../../policy/operation/early-decisions.ts'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { Question } from '../support/whole-graph.ts'

/** A persona with the purpose and case it states, and what could be opened to it whatever the row. */
export type Asker = { name: string; stated: Omit<Question, 'query'>; early: EarlyDecisions }

/** Every persona, each stating its first purpose and case. Throws where a persona's claims are none. */
export function loadAskers(): Asker[] {
  const earlyOf = createEarlyDecisions(loadPolicy().rules.rules, loadGraph().classes)
  return loadPersonas().map(({ persona, claims, purposes, cases }) => {
    const [purpose] = purposes
    const caseNumber = cases[0]?.number
    const signedIn = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
    if (signedIn === null) throw new Error(`${persona}: claims that are none`)
    const principal = stating(signedIn, { purpose: purpose ?? null, caseNumber: caseNumber ?? null })
    return { name: persona, stated: { as: persona, purpose, case: caseNumber }, early: earlyOf(principal) }
  })
}

/** True where some row could open the field: anything else is never to be sent to a subgraph. */
export const mayOpen = ({ early }: Asker, coordinate: string): boolean =>
  ['ALLOW', 'MASK'].includes(early.decide(coordinate).outcome)
