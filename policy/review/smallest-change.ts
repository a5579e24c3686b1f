import type { Caller } from '../caller.ts'
import { decide, type KnownRow } from '../decide.ts'
import { closedRow, factValues, speakingRules } from '../decide-early.ts'
import type { Rule } from '../rule.ts'
import type { Decision, FieldClass, Outcome, RowFacts } from '../types.ts'
import type { Asker } from './asker.ts'
import { factWords } from './fact-words.ts'
import { joined, type Words } from './words.ts'

/** Facts of the row, or of the sign-in and what is stated, that would be other than they are. */
export type Change = Partial<KnownRow> & Partial<Pick<Caller, 'authnLevel' | 'accountLevel'>> & { purpose?: string }

/** The smallest change that would turn a verdict over: open what is closed, or close what is open. */
export type Flip = { change: Change; words: Words; outcome: Outcome; rule: string; citation: string }

/** Who somebody is changes last; how many people were read is nobody's to choose. */
const costs: Partial<Record<keyof Change, number>> = { relation: 4, subjectClass: 4, volume: 3, accountLevel: 2 }

/**
 * Tries every other row, sign-in and purpose and takes the one with the least change; null where none turns the verdict
 * over. What is not known of the row counts as closed.
 */
export function smallestChange(rules: readonly Rule[], asker: Asker, field: FieldClass): Flip | null {
  const base = closedWhereUnknown(asker.facts)
  const isOpen = isGrant(decide(rules, asker.caller, field, base))
  const purposes = [...new Set([asker.caller.purpose, ...(isOpen ? [] : asker.statable)])]
  const speaking = [
    ...new Set(purposes.flatMap((purpose) => speakingRules(rules, { ...asker.caller, purpose }, field))),
  ]
  let best: { flip: Flip; cost: number } | null = null
  for (const caller of otherCallers(asker.caller, speaking, purposes, isOpen)) {
    for (const row of otherRows(base, asker.facts, speaking, isOpen)) {
      const decision = decide(speaking, caller, field, row)
      if (isGrant(decision) === isOpen) continue
      const change = changeBetween({ ...asker.caller, ...base }, { ...caller, ...row })
      const cost = costOf(change, asker.caller) + (decision.outcome === 'MASK' ? 0.5 : 0)
      if (best === null || cost < best.cost) {
        const { outcome, rule, citation } = decision
        best = { cost, flip: { change, words: changeWords(change), outcome, rule, citation } }
      }
    }
  }
  return best?.flip ?? null
}

const isGrant = ({ outcome }: Decision): boolean => outcome === 'ALLOW' || outcome === 'MASK'

/** The row that is decided on where some facts are unknown. */
function closedWhereUnknown(facts: RowFacts): KnownRow {
  const known = Object.entries(facts).filter(([, value]) => value !== 'UNKNOWN')
  return { ...closedRow, ...(Object.fromEntries(known) as Partial<KnownRow>) }
}

/** Only axes that some rule looks at are walked. */
function* otherCallers(caller: Caller, rules: readonly Rule[], purposes: readonly (string | null)[], isOpen: boolean) {
  const levels = (own: number, asked: readonly (number | undefined)[]) =>
    [...new Set([own, ...asked.flatMap((level) => (level === undefined ? [] : [isOpen ? level - 1 : level]))])].filter(
      (level) => (isOpen ? level <= own : level >= own),
    )
  for (const purpose of purposes)
    for (const authnLevel of levels(
      caller.authnLevel,
      rules.map(({ conditions }) => conditions.authn),
    ))
      for (const accountLevel of levels(
        caller.accountLevel,
        rules.map(({ conditions }) => conditions.account),
      ))
        yield { ...caller, purpose, authnLevel, accountLevel }
}

function* otherRows(base: KnownRow, facts: RowFacts, rules: readonly Rule[], isOpen: boolean): Iterable<KnownRow> {
  const asks = (name: keyof Rule['conditions']) => rules.some(({ conditions }) => conditions[name] !== undefined)
  const relations = asks('relations') ? factValues.relation : [base.relation]
  const subjects = facts.subjectClass === 'UNKNOWN' && asks('subjects') ? factValues.subjectClass : [base.subjectClass]
  const jurisdictions = asks('jurisdiction') ? factValues.jurisdiction : [base.jurisdiction]
  const consents: KnownRow['consent'][] = asks('consent')
    ? [base.consent, isOpen ? 'WITHDRAWN' : 'LIVE']
    : [base.consent]
  const cases = asks('case') ? factValues.case : [base.case]
  const approvals = asks('approval') ? factValues.approval : [base.approval]
  const volumes: KnownRow['volume'][] = [base.volume, isOpen ? 'CORE' : 'WITHIN']
  for (const relation of relations)
    for (const subjectClass of subjects)
      for (const jurisdiction of jurisdictions)
        for (const consent of consents)
          for (const caseState of cases)
            for (const approval of approvals)
              for (const volume of volumes)
                yield { relation, subjectClass, jurisdiction, consent, case: caseState, approval, volume }
}

function changeBetween(from: Caller & KnownRow, to: Caller & KnownRow): Change {
  const changed = Object.entries(to).filter(([name, value]) => from[name as keyof typeof from] !== value)
  return Object.fromEntries(changed) as Change
}

function costOf(change: Change, caller: Caller): number {
  const steps = Math.abs((change.authnLevel ?? caller.authnLevel) - caller.authnLevel) / 100
  return (Object.keys(change) as (keyof Change)[]).reduce((sum, name) => sum + (costs[name] ?? 1), steps)
}

function changeWords({ purpose, authnLevel, accountLevel, ...facts }: Change): Words {
  const stated = [
    ...(purpose === undefined ? [] : [{ vi: `nêu mục đích ${purpose}`, en: `the purpose ${purpose} is stated` }]),
    ...(authnLevel === undefined ? [] : [{ vi: `xác thực mức ${authnLevel}`, en: `sign-in level ${authnLevel}` }]),
    ...(accountLevel === undefined
      ? []
      : [{ vi: `tài khoản mức ${accountLevel}`, en: `account level ${accountLevel}` }]),
  ]
  const ofRow = (Object.keys(facts) as (keyof KnownRow)[]).flatMap((fact) => {
    const value = facts[fact]
    return value === undefined ? [] : [factWords(fact, value)]
  })
  return joined([...stated, ...ofRow], '; ')
}
