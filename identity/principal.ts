import type { Principal } from '../policy/types.ts'
import { audienceOf, audienceOfNobody } from './audience.ts'
import { claims } from './claims.ts'
import type { Organisation } from './organisations.ts'

/** Who shows no token: reads open data, is recorded, decided and counted like everybody else. */
export const nobody: Principal = frozen({
  kind: 'NOBODY',
  sub: 'nobody',
  personalId: null,
  org: null,
  orgKind: null,
  unit: null,
  roles: [],
  clientId: null,
  actor: null,
  jurisdiction: [],
  accountLevel: 0,
  authnLevel: 0,
  purpose: null,
  caseNumber: null,
  audience: audienceOfNobody,
  token: null,
})

/**
 * The caller behind verified claims, without purpose and case. Null when the claims are not those of the contract, or
 * name an organisation that schema/agencies.yaml does not know.
 */
export function principalFromClaims(
  payload: unknown,
  token: string,
  organisations: ReadonlyMap<string, Organisation>,
): Principal | null {
  const read = claims.safeParse(payload)
  if (!read.success) return null
  const { data } = read
  const organisation = data.org === undefined ? null : organisations.get(data.org)
  if (organisation === undefined) return null
  const caller = {
    kind: data.kind,
    sub: data.sub,
    org: organisation?.id ?? null,
    clientId: data.client_id ?? null,
    actor: data.act?.sub ?? null,
  }
  return frozen({
    ...caller,
    personalId: data.kind === 'CITIZEN' ? data.personal_id : null,
    orgKind: organisation?.kind ?? null,
    unit: data.unit ?? null,
    roles: data.roles,
    jurisdiction: data.jurisdiction,
    accountLevel: data.account_level ?? 0,
    authnLevel: data.authn_level ?? 0,
    purpose: null,
    caseNumber: null,
    audience: audienceOf(caller),
    token,
  })
}

/** The same caller with what the request's headers state; whether they may state it was asked before. */
export function stating(principal: Principal, stated: Pick<Principal, 'purpose' | 'caseNumber'>): Principal {
  return frozen({ ...principal, purpose: stated.purpose, caseNumber: stated.caseNumber })
}

function frozen(principal: Principal): Principal {
  Object.freeze(principal.roles)
  Object.freeze(principal.jurisdiction)
  return Object.freeze(principal)
}
