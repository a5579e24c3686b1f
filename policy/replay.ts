import type { Caller } from './caller.ts'
import type { KnownRow } from './decide.ts'
import { decideEarly } from './decide-early.ts'
import { decideUntelling } from './decide-untelling.ts'
import type { DecidedOn } from './disclosure.ts'
import type { Rule } from './rule.ts'
import type { Decision, FieldClass } from './types.ts'

/** What a process decided by: its rules, and the classes of its schema. */
export type DecidingBundle = { rules: readonly Rule[]; classes: ReadonlyMap<string, FieldClass> }

/** A verdict as the log keeps it: who asked, what was known, and what came of it. */
export type StoredVerdict = Pick<Decision, 'outcome' | 'code' | 'level' | 'rule' | 'basis' | 'citation'> & {
  caller: Caller
  /** Null where the row spoke of nobody. */
  subject: string | null
  facts: readonly DecidedOn[]
}

/** One field decided again. `isSame`: as it was decided then. */
export type Replayed = { coordinate: string; facts: DecidedOn['row']; decision: Decision; isSame: boolean }

/**
 * Decides again, by the rules of its time, what the log says was decided: pure. Gives nothing for what no rule decided: a
 * change, a purpose that was refused, somebody who asked about too many (those entries carry no facts, or RATE_LIMITED).
 */
export function replay(stored: StoredVerdict, { rules, classes }: DecidingBundle): Replayed[] {
  if (stored.code === 'RATE_LIMITED') return []
  return stored.facts.flatMap(({ coordinates, row }) =>
    coordinates.map((coordinate) => {
      const field = classes.get(coordinate)
      const isEarly = stored.subject === null || !isKnown(row)
      const decision = isEarly
        ? decideEarly(rules, stored.caller, field, row)
        : decideUntelling(rules, stored.caller, field, row)
      return { coordinate, facts: row, decision, isSame: isSameVerdict(stored, decision) }
    }),
  )
}

function isKnown(row: DecidedOn['row']): row is KnownRow {
  return !Object.values(row).includes('UNKNOWN')
}

function isSameVerdict(stored: StoredVerdict, decision: Decision): boolean {
  const members = ['outcome', 'code', 'level', 'rule', 'basis', 'citation'] as const
  return members.every((member) => stored[member] === decision[member])
}
