import { isInScope } from '../decide.ts'
import { levelFor } from '../level-for.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass, Level, LegalBasis, Outcome, SubjectClass } from '../types.ts'
import type { CallerClass } from './caller-classes.ts'
import { conditionWords } from './condition-words.ts'

/** One way to a field: a kind of caller, a rule that speaks of both, and what else must hold. */
export type AccessCell = {
  caller: string
  coordinate: string
  /** The level the rule met the field at: a child's private life stands one higher. */
  level: Level
  outcome: Outcome
  rule: string
  basis: LegalBasis
  citation: string
  proposal: boolean
  conditions: { vi: string; en: string }
}

const subjectsOfLevels: readonly SubjectClass[] = ['ADULT', 'CHILD_7_17']

/**
 * Every cell of caller x field that some rule speaks of, by coordinate, caller and rule; what stands in no cell is denied.
 * A denial that no grant overrides takes the cells it covers. Open fields and structure are left out: they are the same
 * for everybody.
 */
export function accessMatrix(
  rules: readonly Rule[],
  classes: ReadonlyMap<string, FieldClass>,
  callers: readonly CallerClass[],
): AccessCell[] {
  const cells = new Map<string, AccessCell>()
  for (const field of classes.values()) {
    if (field.level === 'L0' || field.structure) continue
    for (const { name, caller } of callers) {
      for (const level of new Set(subjectsOfLevels.map((subject) => levelFor(field, subject)))) {
        const speaking = rules.filter((rule) => isInScope(rule, caller, field, level))
        const denials = speaking.filter(
          ({ effect, conditions }) => effect === 'DENY' && Object.keys(conditions).length === 0,
        )
        for (const rule of denials.length > 0 ? denials.slice(0, 1) : speaking) {
          const { effect, id, basis, citation, proposal } = rule
          const cell = {
            caller: name,
            coordinate: field.coordinate,
            level,
            outcome: effect,
            rule: id,
            basis,
            citation,
            proposal,
            conditions: conditionWords(rule),
          }
          cells.set(`${cell.coordinate} ${name} ${id} ${level}`, cell)
        }
      }
    }
  }
  return [...cells].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell)
}
