import type { Caller } from '../caller.ts'
import { decide, isInScope, type KnownRow } from '../decide.ts'
import { decideEarly, nothingKnown, rowsWithin } from '../decide-early.ts'
import { levelFor } from '../level-for.ts'
import type { Rule } from '../rule.ts'
import type { Decision, FieldClass, RowFacts } from '../types.ts'
import { conditionWords } from './condition-words.ts'

/** Why a verdict is what it is. */
export type Explanation = {
  decision: Decision
  /** The rules that speak of this caller and field, with what each asks besides. */
  speaking: {
    rule: string
    effect: Rule['effect']
    title: Rule['title']
    citation: string
    conditions: { vi: string; en: string }
  }[]
  /** The smallest change of facts or sign-in that would open the field; null where none does. */
  flip: { change: Partial<KnownRow> & { authnLevel?: number }; outcome: Decision['outcome']; rule: string } | null
}

/** Explains a what-if: unknown facts are left open, known ones are as given. Pure. */
export function explain(rules: readonly Rule[], caller: Caller, field: FieldClass, facts: RowFacts): Explanation {
  const decision = decideEarly(rules, caller, field, facts)
  const levels = new Set([levelFor(field, 'ADULT'), levelFor(field, 'CHILD_7_17')])
  const speaking = rules
    .filter((rule) => [...levels].some((level) => isInScope(rule, caller, field, level)))
    .map((rule) => ({
      rule: rule.id,
      effect: rule.effect,
      title: rule.title,
      citation: rule.citation,
      conditions: conditionWords(rule),
    }))
  const isOpen = (decision.outcome === 'ALLOW' || decision.outcome === 'MASK') && !decision.conditional
  return { decision, speaking, flip: isOpen ? null : smallestFlip(rules, caller, field, facts) }
}

/** Tries every row and sign-in level, fewest changes first; of equals the one with the more open outcome. */
function smallestFlip(rules: readonly Rule[], caller: Caller, field: FieldClass, facts: RowFacts): Explanation['flip'] {
  const base: KnownRow = {
    subjectClass: known(facts.subjectClass, 'ADULT'),
    relation: known(facts.relation, 'OTHER'),
    jurisdiction: known(facts.jurisdiction, 'OUTSIDE'),
    consent: known(facts.consent, 'NONE'),
    case: known(facts.case, 'NONE'),
    approval: known(facts.approval, 'NONE'),
    volume: facts.volume,
  }
  let best: { flip: NonNullable<Explanation['flip']>; cost: number } | null = null
  for (const authnLevel of [caller.authnLevel, 2, 3, 4].filter((level) => level >= caller.authnLevel)) {
    for (const row of rowsWithin({ ...nothingKnown, subjectClass: base.subjectClass, volume: base.volume })) {
      const { outcome, rule } = decide(rules, { ...caller, authnLevel }, field, row)
      if (outcome !== 'ALLOW' && outcome !== 'MASK') continue
      const changed = Object.entries(row).filter(([fact, value]) => base[fact as keyof KnownRow] !== value)
      const raised = authnLevel > caller.authnLevel ? { authnLevel } : {}
      const cost = changed.length + Object.keys(raised).length + (outcome === 'MASK' ? 0.5 : 0) + authnLevel / 100
      if (best === null || cost < best.cost)
        best = {
          cost,
          flip: { change: { ...(Object.fromEntries(changed) as Partial<KnownRow>), ...raised }, outcome, rule },
        }
    }
  }
  return best?.flip ?? null
}

function known<T extends string>(value: T | 'UNKNOWN', otherwise: T): T {
  return value === 'UNKNOWN' ? otherwise : (value as T)
}
