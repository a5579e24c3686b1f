import { decisionOrder, isCounted } from '../decide.ts'
import type { Rule } from '../rule.ts'
import type { Decision, DecisionStep, FieldClass } from '../types.ts'
import type { Asker } from './asker.ts'
import { conditionChecks } from './condition-checks.ts'
import { factWords } from './fact-words.ts'
import { joined, type Words } from './words.ts'

/** One step of the order of a decision. DEPENDS: only the row can tell. */
export type PathStep = { step: DecisionStep; state: 'PASSED' | 'FAILED' | 'DEPENDS' | 'NOT_REACHED'; words: Words }

const notAsked: Words = { vi: 'quy tắc không đòi hỏi', en: 'not asked by the rule' }

/**
 * The way of a verdict through the order of decisions: every step, in order, with what was looked at. `rule` is the one
 * that decided; null where none of the rules did.
 */
export function decisionPath(decision: Decision, rule: Rule | null, asker: Asker, field: FieldClass): PathStep[] {
  const checks = rule === null ? [] : conditionChecks(rule, asker.caller, asker.facts)
  const failedAt = decision.failed === null ? decisionOrder.length : decisionOrder.indexOf(decision.failed)
  return decisionOrder.map((step, index): PathStep => {
    const ofStep = checks.filter((check) => check.step === step)
    const words =
      ofStep.length > 0
        ? joined(
            ofStep.map(({ asked, found }) => ({ vi: `${asked.vi} (${found.vi})`, en: `${asked.en} (${found.en})` })),
            '; ',
          )
        : wordsOf(step, decision, rule, asker, field)
    if (index > failedAt) return { step, state: 'NOT_REACHED', words }
    if (index === failedAt) return { step, state: 'FAILED', words }
    return { step, state: ofStep.some(({ state }) => state === 'DEPENDS') ? 'DEPENDS' : 'PASSED', words }
  })
}

function wordsOf(
  step: DecisionStep,
  { level, outcome, basis, failed }: Decision,
  rule: Rule | null,
  { caller, facts }: Asker,
  field: FieldClass,
): Words {
  const both = (text: string): Words => ({ vi: text, en: text })
  switch (step) {
    case 'secrecy':
      return level === 'L5'
        ? { vi: 'dữ liệu cốt lõi hoặc bí mật nhà nước', en: 'core data or a state secret' }
        : { vi: 'không phải dữ liệu cốt lõi hay bí mật nhà nước', en: 'neither core data nor a state secret' }
    case 'classified': {
      const categories = [...field.personal, ...field.inferring].join(' ')
      return both([level, field.sharing, categories, field.owner].filter((part) => part !== '').join(' '))
    }
    case 'caller':
      return both([caller.kind, caller.orgKind, ...caller.roles].filter((part) => part !== null).join(' '))
    case 'purpose':
      return caller.purpose === null ? { vi: 'không nêu mục đích', en: 'no purpose stated' } : both(caller.purpose)
    case 'basis':
      if (failed === 'basis') return { vi: 'không quy tắc nào mở trường này', en: 'no rule opens this field' }
      return rule === null ? both(basis ?? '-') : both(`${basis ?? '-'} (${rule.id})`)
    case 'owner':
      return failed === 'owner' && rule !== null
        ? { vi: `bị cấm: ${rule.title.vi}`, en: `forbidden: ${rule.title.en}` }
        : { vi: 'không có quy tắc cấm', en: 'no rule forbids it' }
    case 'volume':
      return isCounted({ outcome: rule?.effect ?? outcome, basis }) || failed === 'volume'
        ? factWords('volume', facts.volume)
        : { vi: 'không tính vào số người đã đọc', en: 'not counted' }
    case 'relation':
    case 'consent':
    case 'assurance':
    case 'jurisdiction':
    case 'case':
    case 'approval':
      return notAsked
  }
}
