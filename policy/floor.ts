import type { Rule } from './rule.ts'

/**
 * What no rule may fall below, whoever wrote it (law.md levels; Law 91/2025 Art. 9, 19, 24). Null where the rule keeps
 * to the floor, else the field at fault and why. Denials only narrow: they always keep to it.
 */
export function floorProblem(rule: Rule): { path: string[]; message: string } | null {
  if (rule.effect === 'DENY' || rule.effect === 'AGGREGATE_ONLY') return null
  const { scope, conditions } = rule
  const levels = scope.levels ?? ['L0', 'L1', 'L2', 'L3', 'L4']
  const personal = levels.filter((level) => level !== 'L0' && level !== 'L1')
  const isOwn = conditions.relations !== undefined && !conditions.relations.includes('OTHER')
  const says = (message: string, ...path: string[]) => ({ path, message })

  if (levels.includes('L1') && (conditions.authn ?? 0) < 2)
    return says('L1 needs authn 2 or more', 'conditions', 'authn')
  if (personal.length === 0) return null
  if (scope.purposes === undefined) return says('a grant on personal data names its purposes', 'scope', 'purposes')
  if (scope.purposes.includes('NONE') && !isOwn)
    return says('without a purpose only SELF or REPRESENTATIVE may read', 'scope', 'purposes')
  if ((conditions.authn ?? 0) < 2) return says('personal data needs authn 2 or more', 'conditions', 'authn')
  if (personal.some((level) => level !== 'L2') && rule.effect !== 'MASK' && (conditions.authn ?? 0) < 3)
    return says('L3 and above need authn 3 or more', 'conditions', 'authn')
  if (!isOwn && !conditions.consent && !conditions.jurisdiction && !conditions.case && rule.basis !== '19.2')
    return says('a grant on others needs consent, jurisdiction or a case', 'conditions')
  if (!isOwn && !conditions.consent && !conditions.case && personal.includes('L3'))
    return says('L3 without consent needs an open case: no blanket purpose', 'conditions', 'case')
  if (scope.organisationKinds?.includes('PRIVATE') && !conditions.consent)
    return says('private organisations read by consent alone', 'conditions', 'consent')
  if (personal.includes('L4') && rule.effect !== 'VERIFY_ONLY') {
    const sparesChild = isOwn && conditions.subjects?.every((subject) => subject.startsWith('CHILD'))
    const isDual = conditions.case && conditions.approval && (conditions.authn ?? 0) === 4
    if (!sparesChild && !isDual)
      return says('L4 opens to the child and the representative, or by a case, an approval and authn 4', 'conditions')
  }
  return null
}
