import { problem } from '../../policy/errors.ts'
import type { Edge, SubgraphContext, SubgraphDefinition } from '../kit/types.ts'
import type { ConsentDeps } from './deps.ts'
import { approvalRequests, emergencies, ownRequests } from './listings.ts'
import type { mutation } from './mutation.ts'
import { giveApproval, refuseApproval, withdrawApproval } from './mutations/answer-approval.ts'
import { closeCase } from './mutations/close-case.ts'
import { declareEmergency } from './mutations/declare-emergency.ts'
import { refuseConsent, restrictConsent, withdrawConsent } from './mutations/end-consent.ts'
import { grantConsent } from './mutations/grant-consent.ts'
import { registerCase } from './mutations/register-case.ts'
import { requestApproval } from './mutations/request-approval.ts'
import { requestConsent } from './mutations/request-consent.ts'
import { reviewEmergency } from './mutations/review-emergency.ts'
import { readReceiptFacts, signReceipt } from './receipt.ts'
import * as tables from './tables.ts'

/** Where each field of this subgraph comes from. */
export const createEdges = (deps: ConsentDeps): SubgraphDefinition['edges'] => ({
  Query: {
    consent: { kind: 'lookup', table: tables.consent, key: openConsentId },
    consentRequests: { kind: 'resolve', resolve: ownRequests },
    approvalRequests: { kind: 'resolve', resolve: approvalRequests },
    emergencies: { kind: 'resolve', resolve: emergencies },
  },
  Mutation: {
    requestConsent: changing(requestConsent(deps)),
    grantConsent: changing(grantConsent(deps)),
    refuseConsent: changing(refuseConsent),
    restrictConsent: changing(restrictConsent),
    withdrawConsent: changing(withdrawConsent),
    registerCase: changing(registerCase(deps)),
    closeCase: changing(closeCase),
    requestApproval: changing(requestApproval(deps)),
    giveApproval: changing(giveApproval),
    refuseApproval: changing(refuseApproval),
    withdrawApproval: changing(withdrawApproval),
    declareEmergency: changing(declareEmergency(deps)),
    reviewEmergency: changing(reviewEmergency),
  },
  Citizen: {
    consents: { kind: 'connection', table: tables.consent, by: 'subject' },
    cases: { kind: 'connection', table: tables.caseFile, by: 'person' },
    approvals: { kind: 'connection', table: tables.approval, by: 'person' },
    emergencies: { kind: 'connection', table: tables.emergency, by: 'person' },
    represents: { kind: 'list', table: tables.representation, by: 'representative', where: 't.in_force' },
    representedBy: { kind: 'list', table: tables.representation, by: 'ward', where: 't.in_force' },
  },
  Consent: {
    subject: { kind: 'person', field: 'subject' },
    history: { kind: 'list', table: tables.consentVersion, by: 'consent_id' },
    receipt: {
      kind: 'resolve',
      resolve: async (row, _args, { services }) => {
        const facts = row?.exists ? await readReceiptFacts(services.pool, row.key) : null
        return facts === null ? null : signReceipt(facts, services.keys.signing)
      },
    },
  },
  ConsentVersion: { subject: { kind: 'person', field: 'subject' } },
  CaseFile: { subject: { kind: 'person', field: 'subject' } },
  Approval: { subject: { kind: 'person', field: 'subject' } },
  Emergency: { subject: { kind: 'person', field: 'subject' } },
  Representation: {
    ward: { kind: 'person', field: 'ward' },
    representative: { kind: 'person', field: 'representative' },
  },
})

/** A mutation is judged on the caller's own person; what it may change is its own to find out. */
const changing = (resolve: ReturnType<typeof mutation>): Edge => ({
  kind: 'resolve',
  about: (_args, { principal }) => ({ persons: principal.personalId === null ? [] : [principal.personalId] }),
  resolve,
})

function openConsentId(args: Record<string, unknown>, { services, principal }: SubgraphContext): string {
  const key = services.ids.open(String(args['id']), 'Consent', principal.audience)
  if (key === null)
    throw problem('BAD_USER_INPUT', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' })
  return key
}
