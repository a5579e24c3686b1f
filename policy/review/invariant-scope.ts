import { levelFor } from '../level-for.ts'
import type { FieldClass, Level } from '../types.ts'
import type { Box } from './finite-space.ts'
import type { Invariant } from './invariant.ts'
import type { SpaceCaller } from './space-callers.ts'

/** True where the statement speaks of this caller. */
export function isCallerMeant({ callers }: Invariant, { caller }: SpaceCaller): boolean {
  const { purposes, kinds, organisationKinds, roles, delegated } = callers
  return (
    isIn(purposes, caller.purpose ?? 'NONE') &&
    isIn(kinds, caller.kind) &&
    isIn(organisationKinds, caller.orgKind ?? '') &&
    (roles === undefined || roles.some((role) => caller.roles.includes(role))) &&
    (delegated === undefined || delegated === caller.delegated)
  )
}

/** The part of a box whose rows and sign-ins the statement speaks of; null where it speaks of none of it. */
export function meantPart({ rows, signIn }: Invariant, box: Box): Box | null {
  const part: Box = {
    ...box,
    subjectClass: common(box.subjectClass, rows.subjects),
    relation: common(box.relation, rows.relations),
    jurisdiction: common(box.jurisdiction, rows.jurisdiction),
    consent: common(box.consent, rows.consent),
    case: common(box.case, rows.case),
    approval: common(box.approval, rows.approval),
    volume: common(box.volume, rows.volume),
    accountLevel: common(box.accountLevel, signIn.account),
    authnLevel: common(box.authnLevel, signIn.authn),
  }
  return Object.values(part).some((values) => values.length === 0) ? null : part
}

/** True where the statement speaks of this field in this part of a box. */
export function isFieldMeant({ fields }: Invariant, field: FieldClass, part: Box): boolean {
  // A box never holds subjects at whom the field has different levels.
  const level = levelFor(field, part.subjectClass[0] ?? 'NONE')
  return isListed(fields, field, level) && !fields.except?.some((one) => isListed(one, field, level))
}

function isListed(fields: Omit<Invariant['fields'], 'except'>, field: FieldClass, level: Level): boolean {
  const { levels, domains, types, coordinates, categories, anyCategory, structure } = fields
  const own = [...field.personal, ...field.inferring]
  return (
    isIn(levels, level) &&
    isIn(domains, field.domain) &&
    isIn(types, field.type) &&
    isIn(coordinates, field.coordinate) &&
    (categories === undefined || own.every((one) => categories.includes(one))) &&
    (anyCategory === undefined || own.some((one) => anyCategory.includes(one))) &&
    (structure === undefined || structure === field.structure)
  )
}

function isIn(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes(value)
}

function common<T>(values: readonly T[], wanted: readonly NoInfer<T>[] | undefined): readonly T[] {
  return wanted === undefined ? values : values.filter((value) => wanted.includes(value))
}
