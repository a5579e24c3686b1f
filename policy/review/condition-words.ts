import { isCounted } from '../decide.ts'
import type { Rule } from '../rule.ts'
import { factWords } from './fact-words.ts'
import { either, joined, type Words } from './words.ts'

type Conditions = Rule['conditions']
/** The conditions of the vocabulary, in the order in which a decision looks at them. */
export const conditionNames = [
  'relations',
  'subjects',
  'consent',
  'account',
  'authn',
  'jurisdiction',
  'case',
  'approval',
] as const satisfies (keyof Conditions)[]
export type ConditionName = (typeof conditionNames)[number]

/** What one condition of a rule asks, in words; the rule must have it. */
export function wordsOfCondition(name: ConditionName, conditions: Conditions): Words {
  switch (name) {
    case 'relations':
      return either((conditions.relations ?? []).map((relation) => factWords('relation', relation)))
    case 'subjects':
      return either((conditions.subjects ?? []).map((subject) => factWords('subjectClass', subject)))
    case 'consent':
      return factWords('consent', 'LIVE')
    case 'account':
      return { vi: `tài khoản mức ${conditions.account}`, en: `account level ${conditions.account}` }
    case 'authn':
      return { vi: `xác thực từ mức ${conditions.authn}`, en: `sign-in level ${conditions.authn} or more` }
    case 'jurisdiction':
      return factWords('jurisdiction', 'INSIDE')
    case 'case':
      return factWords('case', 'COVERS')
    case 'approval':
      return factWords('approval', 'GIVEN')
  }
}

/** What else must hold for a rule to apply, in words for a reviewer; empty where nothing else must. */
export function conditionWords({ conditions, effect, basis }: Pick<Rule, 'conditions' | 'effect' | 'basis'>): Words {
  const asked = conditionNames
    .filter((name) => conditions[name] !== undefined)
    .map((name) => wordsOfCondition(name, conditions))
  const volume = isCounted({ outcome: effect, basis }) ? [factWords('volume', 'WITHIN')] : []
  return joined([...asked, ...volume], '; ')
}
