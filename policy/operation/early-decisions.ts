import { callerFromPrincipal } from '../caller.ts'
import { decideEarly } from '../decide-early.ts'
import type { Rule } from '../rule.ts'
import { factsBeforePlanning } from '../row-facts.ts'
import type { Decision, FieldClass, Principal } from '../types.ts'
import { createMemory } from '../create-memory.ts'

/** Verdicts on coordinates before planning, for one caller; `signature` is equal for callers who get equal verdicts. */
export type EarlyDecisions = { signature: string; decide: (coordinate: string) => Decision }

/**
 * Remembers verdicts by everything they depend on: the caller's attributes, whether a case was stated, whether there
 * is any jurisdiction. Bounded: the least recently used callers are forgotten.
 */
export function createEarlyDecisions(
  rules: readonly Rule[],
  classes: ReadonlyMap<string, FieldClass>,
  bound = 1000,
): (principal: Principal) => EarlyDecisions {
  const remembered = createMemory<EarlyDecisions>(bound)
  return (principal) => {
    const caller = callerFromPrincipal(principal)
    const facts = factsBeforePlanning(principal)
    const signature = JSON.stringify([caller, facts])
    return remembered(signature, () => {
      const decisions = new Map<string, Decision>()
      return {
        signature,
        decide: (coordinate) => {
          const decided = decisions.get(coordinate) ?? decideEarly(rules, caller, classes.get(coordinate), facts)
          decisions.set(coordinate, decided)
          return decided
        },
      }
    })
  }
}
