import type { Caller } from './caller.ts'
import { createMemory } from './create-memory.ts'
import type { KnownRow } from './decide.ts'
import { decideEarly } from './decide-early.ts'
import { decideUntelling } from './decide-untelling.ts'
import type { Rule } from './rule.ts'
import type { Decision, FieldClass, RowFacts } from './types.ts'

/** The verdicts of one caller. */
export type CallerDecisions = {
  /** As `decideEarly`. */
  early: (field: FieldClass, facts: RowFacts) => Decision
  /** As `decideUntelling`. */
  known: (field: FieldClass, row: KnownRow) => Decision
}

/** Callers with equal attributes share what was decided; the least recently used are forgotten. */
const keptCallers = 500

/**
 * Verdicts by everything they depend on (rules, the caller's attributes, the field, the facts of the row), each sought
 * once: `decide` is pure, and its space is finite.
 */
export function createDecisions(rules: readonly Rule[]): (caller: Caller) => CallerDecisions {
  const remembered = createMemory<CallerDecisions>(keptCallers)
  return (caller) =>
    remembered(JSON.stringify(caller), () => ({
      early: once((field, facts) => decideEarly(rules, caller, field, facts)),
      known: once((field, row: KnownRow) => decideUntelling(rules, caller, field, row)),
    }))
}

function once<Facts extends RowFacts>(decide: (field: FieldClass, facts: Facts) => Decision) {
  const byField = new Map<FieldClass, Map<string, Decision>>()
  return (field: FieldClass, facts: Facts): Decision => {
    const decided = byField.get(field) ?? new Map<string, Decision>()
    byField.set(field, decided)
    const key = keyOf(facts)
    const known = decided.get(key)
    if (known !== undefined) return known
    const decision = decide(field, facts)
    decided.set(key, decision)
    return decision
  }
}

function keyOf({ subjectClass, relation, jurisdiction, consent, case: stated, approval, volume }: RowFacts): string {
  return `${subjectClass}|${relation}|${jurisdiction}|${consent}|${stated}|${approval}|${volume}`
}
