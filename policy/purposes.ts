import { z } from 'zod'
import { loadYaml } from './load-yaml.ts'
import { organisationKind } from './organisation-kind.ts'
import type { Principal } from './types.ts'

const purpose = z.strictObject({
  code: z.string().regex(/^[A-Z]+(_[A-Z]+)*$/),
  vi: z.string().min(1),
  en: z.string().min(1),
  basis: z.enum(['SELF', 'CONSENT', '19.1.a', '19.1.b', '19.1.c', '19.1.d', '19.1.dd', '11.2', '19.2']),
  citation: z.string().min(1),
  proposal: z.boolean().default(false),
  statedBy: z.strictObject({
    kinds: z.array(z.enum(['CITIZEN', 'OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER'])).nonempty(),
    delegated: z.boolean().default(false),
    organisationKinds: z.array(organisationKind).nonempty(),
    roles: z.array(z.string()).nonempty().optional(),
  }),
  /** Whether a case number must be stated. */
  case: z.enum(['REQUIRED', 'FOR_SENSITIVE', 'NEVER']),
})
const file = z.strictObject({
  purposes: z
    .array(purpose)
    .refine((all) => new Set(all.map((p) => p.code)).size === all.length, 'a code stands twice'),
})

export type Purpose = z.infer<typeof purpose>

/** Who may state which purpose; a purpose nobody registered for a caller is refused before anything else is looked at. */
export type PurposeRegistry = {
  all: readonly Purpose[]
  get: (code: string) => Purpose | null
  /** True where this caller, by kind, organisation and role, may state the purpose. */
  isStatable: (caller: StatingCaller, code: string) => boolean
  codes: (caller: StatingCaller) => string[]
}
export type StatingCaller = Pick<Principal, 'kind' | 'orgKind' | 'roles' | 'actor'>

/** Reads purposes.yaml. Throws with line and field of every fault. */
export function createPurposeRegistry(text: string, fileName = 'policy/purposes.yaml'): PurposeRegistry {
  const all = loadYaml(file, text, fileName).purposes
  const byCode = new Map(all.map((p) => [p.code, p]))
  const isStatable = (caller: StatingCaller, code: string): boolean => {
    const by = byCode.get(code)?.statedBy
    if (by === undefined || caller.orgKind === null || caller.kind === 'NOBODY') return false
    const hasRole = by.roles === undefined || by.roles.some((role) => caller.roles.includes(role))
    return (
      by.kinds.includes(caller.kind) &&
      by.delegated === (caller.actor !== null) &&
      by.organisationKinds.includes(caller.orgKind) &&
      hasRole
    )
  }
  return {
    all,
    get: (code) => byCode.get(code) ?? null,
    isStatable,
    codes: (caller) => all.filter((p) => isStatable(caller, p.code)).map((p) => p.code),
  }
}
