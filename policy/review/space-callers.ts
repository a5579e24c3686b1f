import type { Caller } from '../caller.ts'
import { organisationKind } from '../organisation-kind.ts'
import type { CallerKind, Decision } from '../types.ts'
import type { Bundle } from './bundle.ts'

/** A caller as rules can tell callers apart, whatever the sign-in. `statableIn`: for each bundle, may it state its purpose? */
export type SpaceCaller = { name: string; caller: Caller; statableIn: readonly boolean[] }

const kinds: readonly CallerKind[] = ['CITIZEN', 'OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER']

/**
 * Every caller there can be, beside the sign-in: each kind in and outside each kind of organisation, for itself and
 * through an app, without a purpose and with each purpose that some bundle lets it state. More than tokens allow, so that
 * no check rests on what an issuer leaves out. Roles come in every combination that a rule asks for; of those that open
 * purposes alone, one at a time is enough.
 */
export function spaceCallers(bundles: readonly Bundle[]): SpaceCaller[] {
  const purposes = new Map(bundles.flatMap((bundle) => bundle.purposes.all.map((one) => [one.code, one] as const)))
  const asked = subsets([...new Set(bundles.flatMap(({ rules }) => rules.flatMap(({ scope }) => scope.roles ?? [])))])
  const nobody = callerOf({ kind: 'NOBODY', orgKind: null, roles: [], purpose: null, delegated: false })
  const all: Caller[] = [nobody]
  for (const kind of kinds)
    for (const orgKind of [null, ...organisationKind.options])
      for (const delegated of [false, true])
        for (const purpose of [null, ...purposes.keys()])
          for (const roles of asked)
            for (const opening of purpose === null ? [[]] : openingRoles(bundles, purpose))
              all.push(callerOf({ kind, orgKind, roles: [...new Set([...opening, ...roles])], purpose, delegated }))
  const found = new Map<string, SpaceCaller>()
  for (const caller of all) {
    const statableIn = bundles.map((bundle) => isStatable(bundle, caller))
    if (statableIn.includes(true)) found.set(nameOf(caller), { name: nameOf(caller), caller, statableIn })
  }
  return [...found.values()]
}

/** What a purpose gets that this caller may not state: it is refused before any rule is asked. */
export const notStatable: Decision = {
  outcome: 'DENY',
  conditional: false,
  level: 'L5',
  rule: 'purpose-not-allowed',
  basis: null,
  citation: 'Luật 91/2025/QH15, Điều 9',
  proposal: false,
  code: 'PURPOSE_NOT_ALLOWED',
  failed: 'purpose',
}

function callerOf(caller: Omit<Caller, 'accountLevel' | 'authnLevel'>): Caller {
  return { ...caller, accountLevel: 0, authnLevel: 0 }
}

/** For each bundle and role that opens the purpose, that role; none where the purpose asks for none. */
function openingRoles(bundles: readonly Bundle[], code: string): string[][] {
  const roles = bundles.flatMap(({ purposes }) => purposes.get(code)?.statedBy.roles ?? [])
  return [[], ...[...new Set(roles)].map((role) => [role])]
}

function isStatable({ purposes }: Bundle, caller: Caller): boolean {
  return (
    caller.purpose === null ||
    purposes.isStatable({ ...caller, actor: caller.delegated ? 'an app' : null }, caller.purpose)
  )
}

function nameOf({ purpose, kind, orgKind, roles, delegated }: Caller): string {
  return [purpose ?? 'NONE', kind, orgKind, ...roles.toSorted(), delegated ? 'delegated' : null]
    .filter((part) => part !== null)
    .join(' ')
}

function subsets(roles: readonly string[]): string[][] {
  return roles.reduce<string[][]>((all, role) => [...all, ...all.map((one) => [...one, role])], [[]])
}
