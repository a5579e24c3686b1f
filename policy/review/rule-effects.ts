import { decide } from '../decide.ts'
import type { Decision } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { finiteSpace, representative } from './finite-space.ts'

/** Rules that change nothing: `dead` ones never take effect, without `shadowed` ones every verdict would be the same. */
export type RuleEffects = { dead: string[]; shadowed: string[] }

/**
 * Looks over the whole space at every point where a rule took effect, and asks again without it: a rule without which no
 * outcome, code, basis and citation would differ anywhere is said twice or is covered by another.
 */
export function ruleEffects(bundle: Bundle): RuleEffects {
  const effective = new Set<string>()
  const missed = new Set<string>()
  const without = new Map(bundle.rules.map(({ id }) => [id, bundle.rules.filter((rule) => rule.id !== id)]))
  for (const { callers, coordinates, verdicts } of finiteSpace([bundle])) {
    const field = bundle.classes.get(coordinates[0] ?? '')
    const caller = callers[0]?.caller
    if (caller === undefined) continue
    for (const { box, decisions } of verdicts) {
      const decision = decisions[0]
      if (decision === undefined || missed.has(decision.rule) || !tookEffect(decision)) continue
      const others = without.get(decision.rule)
      if (others === undefined) continue
      effective.add(decision.rule)
      const { accountLevel, authnLevel, ...row } = representative(box)
      const otherwise = decide(others, { ...caller, accountLevel, authnLevel }, field, row)
      if (told(otherwise) !== told(decision)) missed.add(decision.rule)
    }
  }
  const ids = bundle.rules.map(({ id }) => id)
  return {
    dead: ids.filter((id) => !effective.has(id)),
    shadowed: ids.filter((id) => effective.has(id) && !missed.has(id)),
  }
}

/** A rule that a refusal merely came nearest to did nothing. */
const tookEffect = ({ failed }: Decision) => failed === null || failed === 'volume' || failed === 'owner'
const told = ({ outcome, code, basis, citation }: Decision) => JSON.stringify([outcome, code, basis, citation])
