import type { Principal } from '../policy/types.ts'

/** The audience of those who show no token. */
export const audienceOfNobody = 'nobody'

/**
 * Whom a caller's sealed ids are for (design §4): organisation and app; the citizen's `sub`; both where an app acts for
 * a citizen. Two callers share an audience only if all of it is the same, so that ids can't be joined across
 * organisations. A JSON array keeps the parts apart whatever they hold.
 */
export function audienceOf(caller: Pick<Principal, 'kind' | 'sub' | 'org' | 'clientId' | 'actor'>): string {
  if (caller.kind === 'NOBODY') return audienceOfNobody
  if (caller.kind !== 'CITIZEN') return JSON.stringify(['organisation', caller.org, caller.clientId])
  if (caller.actor === null) return JSON.stringify(['citizen', caller.sub])
  return JSON.stringify(['delegate', caller.org, caller.clientId, caller.actor, caller.sub])
}
