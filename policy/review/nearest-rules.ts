import { levelFor } from '../level-for.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass, Level } from '../types.ts'
import type { Asker } from './asker.ts'
import { conditionChecks } from './condition-checks.ts'
import { scopeMisses, type ScopeMiss } from './scope-checks.ts'

/** A rule that would give more but did not match, with everything that kept it from matching. */
export type NearRule = {
  rule: string
  effect: Rule['effect']
  title: Rule['title']
  citation: string
  proposal: boolean
  /** What the rule asks and what was found, in the order of the decision. */
  failed: ScopeMiss[]
}

/** A rule of other fields is no near one; one of another purpose or level may be what was meant. */
const weights: Partial<Record<string, number>> = { classified: 3, caller: 2, purpose: 2 }
const shown = 5

/**
 * The grants that came nearest without matching: those that the fewest and least things keep away come first. What only
 * the row can tell keeps no rule away.
 */
export function nearestRules(rules: readonly Rule[], { caller, facts }: Asker, field: FieldClass): NearRule[] {
  const level: Level = facts.subjectClass === 'UNKNOWN' ? field.level : levelFor(field, facts.subjectClass)
  return rules
    .filter(({ effect, scope }) => effect !== 'DENY' && (scope.domains?.includes(field.domain) ?? true))
    .map((rule) => {
      const conditions = conditionChecks(rule, caller, facts).filter(({ state }) => state === 'FAILED')
      const missed = conditions.map(({ step, asked, found }) => ({ step, asked, found }))
      const failed = [...scopeMisses(rule, caller, field, level), ...missed]
      const isOfPurpose = rule.scope.purposes?.includes(caller.purpose ?? 'NONE') ?? false
      return { rule, failed, distance: distanceOf(failed) - (isOfPurpose ? 0.5 : 0) }
    })
    .filter(({ failed }) => failed.length > 0)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, shown)
    .map(({ rule: { id, effect, title, citation, proposal }, failed }) => {
      return { rule: id, effect, title, citation, proposal, failed }
    })
}

const distanceOf = (failed: readonly ScopeMiss[]): number =>
  failed.reduce((sum, { step }) => sum + (weights[step] ?? 1), 0)
