import type { Caller } from './caller.ts'
import { createMemory } from './create-memory.ts'
import type { KnownRow } from './decide.ts'
import { decideEarly } from './decide-early.ts'
import { decideUntelling } from './decide-untelling.ts'
import { createFactsKinds, type FactsKind } from './facts-kinds.ts'
import { oneOfEqual } from './one-of-equal.ts'
import type { Rule } from './rule.ts'
import type { Decision, FieldClass, PersonFacts, RowFacts } from './types.ts'

/** The verdicts of one caller. */
export type CallerDecisions = {
  /** As `decideEarly`, for any field. */
  early: (facts: RowFacts) => (field: FieldClass) => Decision
  /** As `decideUntelling`. */
  known: (field: FieldClass, row: KnownRow) => Decision
  /** People whose facts are alike to this caller. */
  kindOf: (facts: PersonFacts, now: Date) => FactsKind
}

/** Callers with equal attributes share what was decided; the least recently used are forgotten. */
const keptCallers = 500

/**
 * Verdicts by everything they depend on (rules, the caller's attributes, the field, the facts of the row), each sought
 * once: `decide` is pure, and its space is finite.
 */
export function createDecisions(rules: readonly Rule[]): (caller: Caller) => CallerDecisions {
  const remembered = createMemory<CallerDecisions>(keptCallers)
  const kindOf = createFactsKinds()
  return (caller) => {
    const text = JSON.stringify(caller)
    return remembered(text, () => {
      const one = oneOfEqual<Decision>()
      const known = once((field, row: KnownRow) => one(decideUntelling(rules, caller, field, row)))
      return {
        early: once((field, facts) => one(decideEarly(rules, caller, field, facts))),
        known: (field, row) => known(row)(field),
        kindOf: (facts, now) => kindOf(text, facts, now),
      }
    })
  }
}

function once<Facts extends RowFacts>(decide: (field: FieldClass, facts: Facts) => Decision) {
  const byFacts = new Map<string, (field: FieldClass) => Decision>()
  return (facts: Facts): ((field: FieldClass) => Decision) => {
    const key = keyOf(facts)
    const known = byFacts.get(key)
    if (known !== undefined) return known
    const decided = new Map<FieldClass, Decision>()
    const decisionOn = (field: FieldClass): Decision => {
      const decision = decided.get(field) ?? decide(field, facts)
      decided.set(field, decision)
      return decision
    }
    byFacts.set(key, decisionOn)
    return decisionOn
  }
}

function keyOf({ subjectClass, relation, jurisdiction, consent, case: stated, approval, volume }: RowFacts): string {
  return `${subjectClass}|${relation}|${jurisdiction}|${consent}|${stated}|${approval}|${volume}`
}
