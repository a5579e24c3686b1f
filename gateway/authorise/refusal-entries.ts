import { valueFromASTUntyped, type FieldNode } from 'graphql'
import type { Principal } from '../../policy/types.ts'
import type { DisclosureEntry } from '../../policy/disclosure.ts'
import type { ArgumentClasses } from './cut-operation.ts'
import type { CutPlace } from './restore-nulls.ts'

/**
 * The lines of the record for what was cut: one a reason and subject, with all coordinates. The subject is known where a
 * personal number was presented or the caller asked for themselves; the log keeps a pseudonym of it.
 */
export function refusalEntries(
  places: readonly CutPlace[],
  roots: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
  principal: Principal,
  argumentClasses: ArgumentClasses,
): DisclosureEntry[] {
  const subjects = subjectsByRoot(roots, variables, principal, argumentClasses)
  const lines = new Map<string, DisclosureEntry>()
  for (const { path, coordinate, decision } of places) {
    const subject = subjects.get(String(path[0])) ?? null
    const { outcome, code, level, rule, basis, citation } = decision
    const key = JSON.stringify([subject, outcome, code, level, rule])
    const known = lines.get(key)
    const coordinates = [...new Set([...(known?.coordinates ?? []), coordinate])].toSorted()
    lines.set(key, {
      subject,
      coordinates,
      outcome,
      code,
      level,
      rule,
      basis,
      citation,
      consentId: null,
      consentVersion: null,
      caseNumber: principal.caseNumber,
    })
  }
  return [...lines.values()]
}

/** Response key of a root field -> the personal number it is about. */
function subjectsByRoot(
  roots: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
  principal: Principal,
  argumentClasses: ArgumentClasses,
): Map<string, string> {
  const subjects = new Map<string, string>()
  for (const field of roots) {
    const key = field.alias?.value ?? field.name.value
    if (field.name.value === 'me' && principal.personalId !== null) subjects.set(key, principal.personalId)
    for (const argument of field.arguments ?? []) {
      if (argumentClasses.get(`Query.${field.name.value}(${argument.name.value})`)?.of !== 'Citizen.personalId')
        continue
      const value = valueFromASTUntyped(argument.value, variables)
      if (typeof value === 'string' && /^\d{12}$/.test(value)) subjects.set(key, value)
    }
  }
  return subjects
}
