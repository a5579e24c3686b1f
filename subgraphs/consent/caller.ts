import type { OrganisationKind, Principal } from '../../policy/types.ts'
import { refuse } from './user-error.ts'

/** A citizen in person: signed in themselves, nobody acting for them. */
export type Citizen = Principal & { kind: 'CITIZEN'; personalId: string }

/**
 * The citizen in person. Ends the mutation for everybody else: a token that an app got on a citizen's behalf confirms
 * nothing.
 */
export function citizenInPerson(principal: Principal): Citizen {
  if (principal.kind !== 'CITIZEN' || principal.personalId === null) {
    refuse('UNAUTHENTICATED', { vi: 'chỉ dành cho công dân đăng nhập', en: 'for a signed-in citizen alone' })
  }
  if (principal.actor !== null) {
    refuse('UNAUTHENTICATED', {
      vi: 'chính công dân phải xác nhận, không qua ứng dụng thay mặt',
      en: 'the citizen confirms in person, no app on their behalf',
    })
  }
  return principal as Citizen
}

/** An organisation that stated a purpose. */
export type Grantee = Principal & { org: string; orgKind: OrganisationKind; purpose: string }

/** The organisation that asks, and the purpose it stated. Ends the mutation for everybody else. */
export function granteeWithPurpose(principal: Principal): Grantee {
  const isOrganisation = principal.org !== null && principal.orgKind !== null && principal.actor === null
  if (!isOrganisation || !['OFFICIAL', 'SYSTEM'].includes(principal.kind)) {
    refuse('UNAUTHENTICATED', {
      vi: 'chỉ dành cho tài khoản của tổ chức',
      en: 'for an account of an organisation alone',
    })
  }
  if (principal.purpose === null)
    refuse('PURPOSE_REQUIRED', { vi: 'nêu ở tiêu đề X-Purpose', en: 'state it in the header X-Purpose' })
  return principal as Grantee
}

/** The account of a procedure system. Ends the mutation for everybody else. */
export function procedureSystem(principal: Principal): Principal & { org: string } {
  if (
    principal.kind !== 'SYSTEM' ||
    principal.orgKind !== 'PROCEDURE_SYSTEM' ||
    principal.org === null ||
    principal.actor !== null
  ) {
    refuse('UNAUTHENTICATED', { vi: 'chỉ dành cho hệ thống giải quyết thủ tục', en: 'for a procedure system alone' })
  }
  return principal as Principal & { org: string }
}

/** A human of an organisation, under a purpose that a rule let them state. */
export type Staff = Principal & { org: string; purpose: string; authnLevel: 2 | 3 | 4 }

/** The signed-in member of an organisation who acts for nobody else. Ends the mutation for everybody else. */
export function staffWithPurpose(principal: Principal): Staff {
  const { kind, org, actor, purpose, authnLevel } = principal
  if (
    !['OFFICIAL', 'REVIEWER'].includes(kind) ||
    org === null ||
    actor !== null ||
    purpose === null ||
    authnLevel < 2
  ) {
    refuse('UNAUTHENTICATED', { vi: 'chỉ dành cho người của một cơ quan', en: 'for a person of an organisation alone' })
  }
  return principal as Staff
}
