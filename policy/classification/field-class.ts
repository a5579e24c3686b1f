import type { FieldClass } from '../types.ts'
import { levelOf } from './level-of.ts'
import type { ClassArguments } from './types.ts'

/** Arguments a type may give its fields; the rest is each field's own. */
export const inheritable = ['sharing', 'importance', 'secrecy', 'personal', 'inferring', 'owner', 'mask'] as const

/** A field's own arguments over the type's default, argument by argument. */
export function withDefaults(type: ClassArguments, field: ClassArguments): ClassArguments {
  const defaults = Object.fromEntries(Object.entries(type).filter(([name]) => inheritable.some((one) => one === name)))
  return { ...defaults, ...field }
}

/**
 * The class the merged arguments give, or null where there is none: a class begins with its sharing. An owner or
 * dictionary id that is missing is empty here and a problem elsewhere.
 */
export function fieldClass(
  at: { type: string; field: string; domain: string },
  merged: ClassArguments,
): FieldClass | null {
  if (merged.sharing === undefined) return null
  const axes = {
    sharing: merged.sharing,
    importance: merged.importance ?? 'OTHER',
    secrecy: merged.secrecy ?? 'NONE',
    personal: merged.personal ?? [],
    inferring: merged.inferring ?? [],
  }
  return Object.freeze({
    coordinate: `${at.type}.${at.field}`,
    ...at,
    ...axes,
    level: levelOf(axes),
    owner: merged.owner ?? '',
    dict: merged.dict ?? '',
    mask: merged.mask ?? 'NULL',
    from: merged.from ?? [],
    structure: merged.structure ?? false,
  })
}
