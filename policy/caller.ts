import type { CallerKind, OrganisationKind, Principal } from './types.ts'

/** The part of a principal that decisions read: every attribute is an axis of the finite space. */
export type Caller = {
  kind: CallerKind
  orgKind: OrganisationKind | null
  roles: readonly string[]
  purpose: string | null
  /** An app acts for the subject of the token. */
  delegated: boolean
  accountLevel: number
  authnLevel: number
}

/** Projects a principal on the axes of the decision. */
export function callerFromPrincipal(principal: Principal): Caller {
  const { kind, orgKind, roles, purpose, actor, accountLevel, authnLevel } = principal
  return { kind, orgKind, roles, purpose, delegated: actor !== null, accountLevel, authnLevel }
}
