import { parse } from 'yaml'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { classFromCase } from '../class-from-case.ts'
import { decide, isInScope, type KnownRow } from '../decide.ts'
import { closedRow } from '../decide-early.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import { levelsOf } from './finite-space.ts'

const decideCases = z.looseObject({
  callers: z.record(z.string(), z.custom<Caller>()),
  fields: z.record(z.string(), z.custom<Partial<FieldClass> & { coordinate: string }>()),
  cases: z.array(
    z.looseObject({
      as: z.string(),
      field: z.string(),
      row: z.custom<Partial<KnownRow>>().optional(),
      outcome: z.string(),
    }),
  ),
})
const goldenCases = z.array(
  z.looseObject({ as: z.unknown(), purpose: z.string().optional(), log: z.array(z.string()).optional() }),
)

/** Rules that a case of decide.cases.yaml rests on: the case's outcome is theirs. */
export function rulesOfDecideCases(text: string, rules: readonly Rule[]): Set<string> {
  const { callers, fields, cases } = decideCases.parse(parse(text))
  const decided = cases.flatMap(({ as, field, row, outcome }) => {
    const [caller, named] = [callers[as], fields[field]]
    if (caller === undefined || named === undefined) return []
    const decision = decide(rules, caller, classFromCase(named), { ...closedRow, ...row })
    // Refusals that merely came nearest to a rule don't show that it works.
    return decision.outcome === outcome && (decision.failed === null || decision.failed === 'owner')
      ? [decision.rule]
      : []
  })
  return new Set(decided)
}

/**
 * Rules that a line of a golden case's log rests on: the only one in scope with that outcome, for that persona and
 * field. `callerOf` gives the caller of a persona under a purpose, null where there is none.
 */
export function rulesOfGoldenCases(
  text: string,
  rules: readonly Rule[],
  classes: ReadonlyMap<string, FieldClass>,
  callerOf: (persona: string, purpose: string | undefined) => Caller | null,
): Set<string> {
  const found = goldenCases.parse(parse(text)).flatMap(({ as, purpose, log = [] }) => {
    const caller = typeof as === 'string' ? callerOf(as, purpose) : null
    if (caller === null) return []
    return log.flatMap((line) => {
      const [outcome, coordinate = ''] = line.split(' ')
      const field = classes.get(coordinate)
      if (field === undefined || field.structure) return []
      const speaking = rules.filter(
        (rule) => rule.effect === outcome && levelsOf(field).some((level) => isInScope(rule, caller, field, level)),
      )
      return speaking.length === 1 && outcome !== 'DENY' ? speaking.map(({ id }) => id) : []
    })
  })
  return new Set(found)
}
