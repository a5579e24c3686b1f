import type { Caller } from '../caller.ts'
import type { PurposeRegistry } from '../purposes.ts'

/** One kind of caller with the purpose it states: a row group of the access matrix. */
export type CallerClass = { name: string; caller: Caller }

/** Highest sign-in: what a lower one loses stands in the conditions. */
const signedIn = { accountLevel: 2, authnLevel: 4 }

/**
 * Every kind of caller that rules can tell apart: each purpose as each kind, organisation and role that may state it,
 * citizens in person, and nobody. Whoever states no purpose otherwise is refused by default and stands in no row.
 */
export function callerClasses(purposes: PurposeRegistry): CallerClass[] {
  const stating = purposes.all.flatMap(({ code, statedBy }) =>
    statedBy.kinds.flatMap((kind) =>
      statedBy.organisationKinds.flatMap((orgKind) =>
        (statedBy.roles ?? [null]).map((role) => ({
          name: [code, kind, orgKind, role].filter((part) => part !== null).join(' '),
          caller: {
            ...signedIn,
            kind,
            orgKind,
            roles: role === null ? [] : [role],
            purpose: code,
            delegated: statedBy.delegated,
          },
        })),
      ),
    ),
  )
  const alone = { orgKind: null, roles: [], purpose: null, delegated: false } as const
  return [
    { name: 'NONE CITIZEN', caller: { ...alone, ...signedIn, kind: 'CITIZEN' as const } },
    { name: 'NONE NOBODY', caller: { ...alone, kind: 'NOBODY' as const, accountLevel: 0, authnLevel: 0 } },
    ...stating,
  ]
}
