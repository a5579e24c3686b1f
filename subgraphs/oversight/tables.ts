import type { Table } from '../kit/types.ts'

/** Every citizen a sealed id stands for has a timeline: no table of persons is here, and no number is ever sent to one. */
export const citizen: Table = { type: 'Citizen', from: '', key: '', keyType: 'text', columns: {} }

/** A line of the timeline. Found by pseudonym (timeline.ts); whom it speaks of, only the request knows. */
export const accessEvent: Table = {
  type: 'AccessEvent',
  from: 'access_event',
  key: 'id',
  keyType: 'uuid',
  columns: {
    at: 't.at',
    organisation: 't.organisation',
    unit: 't.unit',
    roles: 't.roles',
    app: 't.app',
    staffCode: 't.staff_code',
    callerKind: 't.caller_kind',
    purpose: 't.purpose',
    fields: 't.coordinates',
    outcome: 't.outcome',
    basis: 't.basis',
    citation: 't.citation',
    caseNumber: 't.case_number',
    requestId: 't.request_id',
    delayedUntil: 't.reveal_after',
  },
}

/** Bytes as base64url without padding (RFC 4648 Section 5). */
const base64url = (column: string): string => `translate(encode(${column}, 'base64'), E'+/=\\n', '-_')`

/** A record of the log as it was signed. */
export const disclosure: Table = {
  type: 'Disclosure',
  from: 'disclosure_record',
  key: 'id',
  keyType: 'uuid',
  columns: {
    at: 't.at',
    service: 't.service',
    callerKind: 't.caller_kind',
    organisation: 't.organisation',
    unit: 't.unit',
    roles: 't.roles',
    app: 't.app',
    actorCode: 't.actor_code',
    staffCode: 't.staff_code',
    accountLevel: 't.account_level',
    authnLevel: 't.authn_level',
    purpose: 't.purpose',
    caseNumber: 't.case_number',
    operation: 't.operation',
    requestId: 't.request_id',
    traceId: 't.trace_id',
    bundleHash: 't.bundle_hash',
    schemaHash: 't.schema_hash',
    writer: 't.writer',
    counter: 't.counter::text',
    body: `convert_from(t.body, 'UTF8')`,
    signature: base64url('t.signature'),
    keyId: 't.key_id',
    leafHash: base64url('t.leaf_hash'),
    leafIndex: 't.leaf_index::text',
  },
}

/** One verdict of a record. */
export const disclosureEntry: Table = {
  type: 'DisclosureEntry',
  from: 'disclosure_entry',
  key: 'id',
  keyType: 'uuid',
  columns: {
    subject: 't.subject',
    coordinates: 't.coordinates',
    outcome: 't.outcome',
    code: 't.code',
    level: 't.level',
    rule: 't.rule',
    basis: 't.basis',
    citation: 't.citation',
    consentId: 't.consent_id',
    consentVersion: 't.consent_version',
    caseNumber: 't.case_number',
    revealAfter: 't.reveal_after',
    protective: 't.protective',
    body: `convert_from(t.body, 'UTF8')`,
  },
}
