import { isInScope } from '../decide.ts'
import { levelFor } from '../level-for.ts'
import type { Rule } from '../rule.ts'
import type { CallerKind, FieldClass, Level, LegalBasis, OrganisationKind, Outcome, SubjectClass } from '../types.ts'
import type { CallerClass } from './caller-classes.ts'
import { conditionWords } from './condition-words.ts'

/** One way to a field: a kind of caller with a purpose, a rule that speaks of both, and what else must hold. */
export type AccessCell = {
  coordinate: string
  /** Name of the caller class. */
  caller: string
  /** NONE where no purpose is stated. */
  purpose: string
  kind: CallerKind
  organisationKind: OrganisationKind | null
  role: string | null
  /** The level the rule met the field at: a child's private life stands one higher. */
  level: Level
  outcome: Outcome
  rule: string
  basis: LegalBasis
  citation: string
  proposal: boolean
  /** What else must hold, in words; `requires` is the same for machines. */
  conditions: { vi: string; en: string }
  requires: Rule['conditions']
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
    for (const callerClass of callers) {
      for (const level of new Set(subjectsOfLevels.map((subject) => levelFor(field, subject)))) {
        const speaking = rules.filter((rule) => isInScope(rule, callerClass.caller, field, level))
        const denials = speaking.filter(
          ({ effect, conditions }) => effect === 'DENY' && Object.keys(conditions).length === 0,
        )
        for (const rule of denials.length > 0 ? denials.slice(0, 1) : speaking)
          cells.set(
            `${field.coordinate} ${callerClass.name} ${rule.id} ${level}`,
            cellOf(field, callerClass, rule, level),
          )
      }
    }
  }
  return [...cells].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell)
}

function cellOf(field: FieldClass, { name, caller }: CallerClass, rule: Rule, level: Level): AccessCell {
  return {
    coordinate: field.coordinate,
    caller: name,
    purpose: caller.purpose ?? 'NONE',
    kind: caller.kind,
    organisationKind: caller.orgKind,
    role: caller.roles[0] ?? null,
    level,
    outcome: rule.effect,
    rule: rule.id,
    basis: rule.basis,
    citation: rule.citation,
    proposal: rule.proposal,
    conditions: conditionWords(rule),
    requires: rule.conditions,
  }
}
