import type { Caller } from '../caller.ts'
import type { KnownRow } from '../decide.ts'
import type { Rule } from '../rule.ts'
import type { DecisionStep, RowFacts } from '../types.ts'
import { conditionNames, wordsOfCondition, type ConditionName } from './condition-words.ts'
import { factWords } from './fact-words.ts'
import type { Words } from './words.ts'

/** One condition of a rule against what is known: DEPENDS where only the row can tell. */
export type ConditionCheck = {
  step: DecisionStep
  state: 'PASSED' | 'FAILED' | 'DEPENDS'
  asked: Words
  found: Words
}

const steps: Readonly<Record<ConditionName, DecisionStep>> = {
  relations: 'relation',
  subjects: 'relation',
  consent: 'consent',
  account: 'assurance',
  authn: 'assurance',
  jurisdiction: 'jurisdiction',
  case: 'case',
  approval: 'approval',
}

/** Every condition of the rule, in the order in which a decision looks at them. */
export function conditionChecks({ conditions }: Rule, caller: Caller, facts: RowFacts): ConditionCheck[] {
  return conditionNames
    .filter((name) => conditions[name] !== undefined)
    .map((name) => {
      const { isMet, found } = against(name, conditions, caller, facts)
      const state = isMet === null ? 'DEPENDS' : isMet ? 'PASSED' : 'FAILED'
      return { step: steps[name], state, asked: wordsOfCondition(name, conditions), found }
    })
}

function against(
  name: ConditionName,
  { relations, subjects, account, authn }: Rule['conditions'],
  { accountLevel, authnLevel }: Caller,
  facts: RowFacts,
): { isMet: boolean | null; found: Words } {
  const known = <Fact extends keyof KnownRow>(fact: Fact, fits: (value: KnownRow[Fact]) => boolean) => ({
    isMet: facts[fact] === 'UNKNOWN' ? null : fits(facts[fact] as KnownRow[Fact]),
    found: factWords(fact, facts[fact]),
  })
  switch (name) {
    case 'relations':
      return known('relation', (value) => relations?.includes(value) ?? true)
    case 'subjects':
      return known('subjectClass', (value) => subjects?.includes(value) ?? true)
    case 'consent':
      return known('consent', (value) => value === 'LIVE')
    case 'jurisdiction':
      return known('jurisdiction', (value) => value === 'INSIDE')
    case 'case':
      return known('case', (value) => value === 'COVERS')
    case 'approval':
      return known('approval', (value) => value === 'GIVEN')
    case 'account':
      return {
        isMet: accountLevel >= (account ?? 0),
        found: { vi: `tài khoản mức ${accountLevel}`, en: `account level ${accountLevel}` },
      }
    case 'authn':
      return {
        isMet: authnLevel >= (authn ?? 0),
        found: { vi: `xác thực mức ${authnLevel}`, en: `sign-in level ${authnLevel}` },
      }
  }
}
