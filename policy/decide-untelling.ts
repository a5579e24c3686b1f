import type { Caller } from './caller.ts'
import { decide, type KnownRow } from './decide.ts'
import type { Rule } from './rule.ts'
import type { Decision, FieldClass } from './types.ts'

/**
 * The verdict as it may be told: a stranger whom a row is refused gets the refusal of a number that nobody has, which the
 * consent store takes for an adult's. The raised level of a child's private life, its rule and its code would otherwise
 * tell that the number is a child's, and so that it exists (design I4). What opens never depends on this.
 */
export function decideUntelling(
  rules: readonly Rule[],
  caller: Caller,
  field: FieldClass | undefined,
  row: KnownRow,
): Decision {
  const verdict = decide(rules, caller, field, row)
  if (row.relation !== 'OTHER' || row.subjectClass === 'ADULT' || isGrant(verdict)) return verdict
  const ofNobody = decide(rules, caller, field, { ...row, subjectClass: 'ADULT' })
  // Who may read the same of an adult may know of the child too.
  return isGrant(ofNobody) ? verdict : ofNobody
}

const isGrant = ({ outcome }: Decision): boolean => outcome === 'ALLOW' || outcome === 'MASK'
