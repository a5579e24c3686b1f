import type { Caller } from './caller.ts'
import { decide, isInScope, nearer, type KnownRow } from './decide.ts'
import { levelFor } from './level-for.ts'
import type { Rule } from './rule.ts'
import type { Decision, FieldClass, RowFacts } from './types.ts'

/** Every value an unknown fact can take: the finite space. */
export const factValues: { readonly [fact in keyof KnownRow]: readonly KnownRow[fact][] } = {
  subjectClass: ['NONE', 'ADULT', 'CHILD_UNDER_7', 'CHILD_7_17', 'REPRESENTED', 'DECEASED'],
  relation: ['SELF', 'REPRESENTATIVE', 'OTHER'],
  jurisdiction: ['INSIDE', 'OUTSIDE'],
  consent: ['NONE', 'LIVE', 'VERIFY_ONLY', 'EXPIRED', 'WITHDRAWN'],
  case: ['COVERS', 'NONE'],
  approval: ['GIVEN', 'NONE'],
  volume: ['WITHIN', 'IMPORTANT', 'CORE'],
}

/**
 * The verdict before the row is known: asks `decide` for every row there could be. Definite where all agree, or where
 * none may be answered (then with the code of the denial that came nearest, which no row can change); otherwise the
 * most that could be granted, marked conditional.
 */
export function decideEarly(
  rules: readonly Rule[],
  caller: Caller,
  field: FieldClass | undefined,
  facts: RowFacts,
): Decision {
  let granted: Decision | null = null
  let refused: Decision | null = null
  let isUniform = true
  const speaking = field === undefined ? rules : speakingRules(rules, caller, field)
  for (const row of rowsWithin(field === undefined ? facts : factsLookedAt(facts, speaking, field))) {
    const decision = decide(speaking, caller, field, row)
    const isGrant = decision.outcome === 'ALLOW' || decision.outcome === 'MASK'
    if (isGrant) {
      if (granted !== null && granted.rule !== decision.rule) isUniform = false
      if (granted === null || (granted.outcome === 'MASK' && decision.outcome === 'ALLOW')) granted = decision
    } else refused = nearer(refused, decision)
  }
  if (granted === null) return refused ?? decide(rules, caller, undefined, closedRow)
  return { ...granted, conditional: refused !== null || !isUniform }
}

/** The rules that speak of this caller and field at some level a row may raise it to: no other changes any verdict. */
export function speakingRules(rules: readonly Rule[], caller: Caller, field: FieldClass): Rule[] {
  const levels = new Set(factValues.subjectClass.map((subject) => levelFor(field, subject)))
  return rules.filter((rule) => [...levels].some((level) => isInScope(rule, caller, field, level)))
}

/** What no speaking rule looks at changes no verdict: where it is unknown, one value stands for all. */
function factsLookedAt(facts: RowFacts, speaking: readonly Rule[], field: FieldClass): RowFacts {
  const asks = (name: keyof Rule['conditions']) => speaking.some(({ conditions }) => conditions[name] !== undefined)
  const isRaised = factValues.subjectClass.some((subject) => levelFor(field, subject) !== field.level)
  const either = <F extends keyof RowFacts>(fact: F, isAsked: boolean): RowFacts[F] =>
    facts[fact] === 'UNKNOWN' && !isAsked ? closedRow[fact] : facts[fact]
  return {
    subjectClass: either('subjectClass', isRaised || asks('subjects')),
    relation: either('relation', asks('relations')),
    jurisdiction: either('jurisdiction', asks('jurisdiction')),
    consent: either('consent', asks('consent')),
    case: either('case', asks('case')),
    approval: either('approval', asks('approval')),
    volume: facts.volume,
  }
}

/** Nothing known but that the people read so far are within the volume. */
export const nothingKnown: RowFacts = {
  subjectClass: 'UNKNOWN',
  relation: 'UNKNOWN',
  jurisdiction: 'UNKNOWN',
  consent: 'UNKNOWN',
  case: 'UNKNOWN',
  approval: 'UNKNOWN',
  volume: 'WITHIN',
}

/** An adult's row that nothing opens: a stranger's, elsewhere. */
export const closedRow: KnownRow = {
  subjectClass: 'ADULT',
  relation: 'OTHER',
  jurisdiction: 'OUTSIDE',
  consent: 'NONE',
  case: 'NONE',
  approval: 'NONE',
  volume: 'WITHIN',
}

/** Every row there could be where these facts hold. */
export function* rowsWithin(facts: RowFacts): Iterable<KnownRow> {
  const values = <F extends keyof KnownRow>(fact: F): readonly KnownRow[F][] =>
    facts[fact] === 'UNKNOWN' ? factValues[fact] : [facts[fact] as KnownRow[F]]
  for (const subjectClass of values('subjectClass'))
    for (const relation of values('relation'))
      for (const jurisdiction of values('jurisdiction'))
        for (const consent of values('consent'))
          for (const caseState of values('case'))
            for (const approval of values('approval'))
              yield { subjectClass, relation, jurisdiction, consent, case: caseState, approval, volume: facts.volume }
}
