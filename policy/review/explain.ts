import { decideEarly, speakingRules } from '../decide-early.ts'
import type { Rule } from '../rule.ts'
import type { Decision, FieldClass } from '../types.ts'
import type { Asker } from './asker.ts'
import { conditionWords } from './condition-words.ts'
import { decisionPath, type PathStep } from './decision-path.ts'
import { nearestRules, type NearRule } from './nearest-rules.ts'
import { smallestChange, type Flip } from './smallest-change.ts'
import type { Words } from './words.ts'

/** Why a verdict is what it is, and what would change it. */
export type Explanation = {
  coordinate: string
  decision: Decision
  /** What the rule that decided is called; null where none of the rules did. */
  title: Words | null
  path: PathStep[]
  /** The rules that speak of this caller and field, with what each asks besides. */
  speaking: { rule: string; effect: Rule['effect']; title: Words; citation: string; conditions: Words }[]
  nearest: NearRule[]
  /** The smallest change that turns the verdict over; null where none does. */
  flip: Flip | null
}

/** Explains a what-if, or a verdict that was given: unknown facts are left open, known ones are as given. Pure. */
export function explain(
  rules: readonly Rule[],
  asker: Asker,
  field: FieldClass,
  decision: Decision = decideEarly(rules, asker.caller, field, asker.facts),
): Explanation {
  const rule = rules.find(({ id }) => id === decision.rule) ?? null
  return {
    coordinate: field.coordinate,
    decision,
    title: rule?.title ?? null,
    path: decisionPath(decision, rule, asker, field),
    speaking: speakingRules(rules, asker.caller, field).map(({ id, effect, title, citation, ...one }) => {
      const conditions = conditionWords({ effect, ...one })
      return { rule: id, effect, title, citation, conditions }
    }),
    nearest: nearestRules(rules, asker, field).filter(
      (near) => near.rule !== decision.rule || decision.failed !== null,
    ),
    flip: smallestChange(rules, asker, field),
  }
}
