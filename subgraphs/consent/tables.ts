import type { Table } from '../kit/types.ts'

/** A person as this database knows them: by their number alone. */
export const citizen: Table = {
  type: 'Citizen',
  from: 'subject',
  key: 'personal_id',
  keyType: 'text',
  persons: { id: 't.personal_id' },
  columns: {},
}

/** A consent with its present version. */
export const consent: Table = {
  type: 'Consent',
  from: 'consent_now',
  key: 'id',
  keyType: 'uuid',
  persons: { subject: 't.subject' },
  columns: {
    state: 't.state',
    version: 't.version',
    grantee: 't.grantee_org',
    granteeName: 't.grantee_vi',
    granteeNameEn: 't.grantee_en',
    purpose: 't.purpose',
    purposeText: 't.purpose_vi',
    purposeTextEn: 't.purpose_en',
    coordinates: 't.coordinates',
    excluded: 't.excluded',
    sensitiveCoordinates: 't.sensitive',
    controllers: 't.controllers',
    mode: 't.mode',
    dataFrom: 't.data_from',
    dataTo: 't.data_to',
    notBefore: 't.not_before',
    notAfter: 't.not_after',
    maxReads: 't.max_reads',
    readsUsed: 't.reads_used',
    retentionDays: 't.retention_days',
    notice: 't.notice_vi',
    noticeEn: 't.notice_en',
    noticeHash: 't.notice_hash',
    sensitiveNotice: 't.sensitive_notice',
    refusalConsequence: 't.consequence_vi',
    refusalConsequenceEn: 't.consequence_en',
    requestedAt: 't.requested_at',
    answerBy: 't.answer_by',
    grantedAt: 't.granted_at',
    confirmedBy: 't.confirmed_by',
    method: 't.method',
    written: 't.written',
    coConsent: 't.co_consent',
    authnLevel: 't.authn_level',
    restrictedAt: 't.restricted_at',
    endedAt: 't.ended_at',
    acknowledgeBy: 't.acknowledge_by',
    doneBy: 't.done_by',
    doneByProcessor: 't.done_by_processor',
  },
}

/** One version of a consent. */
export const consentVersion: Table = {
  type: 'ConsentVersion',
  from: 'consent_history',
  key: 'id',
  keyType: 'bigint',
  persons: { subject: 't.subject' },
  columns: {
    version: 't.version',
    state: 't.state',
    at: 't.at',
    by: 't.actor',
    reason: 't.reason',
    coordinates: 't.coordinates',
    hash: "encode(t.hash, 'hex')",
    previousHash: "encode(t.prev_hash, 'hex')",
  },
}

/** The same consent as the organisation that asked sees it: it names nobody. */
export const consentRequest: Table = {
  type: 'ConsentRequest',
  from: 'consent_now',
  key: 'id',
  keyType: 'uuid',
  columns: {
    reference: 't.reference',
    state: 't.state',
    purpose: 't.purpose',
    coordinates: 't.coordinates',
    mode: 't.mode',
    notBefore: 't.not_before',
    notAfter: 't.not_after',
    maxReads: 't.max_reads',
    readsUsed: 't.reads_used',
    notice: 't.notice_vi',
    noticeEn: 't.notice_en',
    requestedAt: 't.requested_at',
    answerBy: 't.answer_by',
    acknowledgeBy: 't.acknowledge_by',
    doneBy: 't.done_by',
    doneByProcessor: 't.done_by_processor',
  },
}

/** A case, once for each of its subjects. */
export const caseFile: Table = {
  type: 'CaseFile',
  from: 'case_now',
  key: 'id',
  keyType: 'bigint',
  persons: { subject: 't.person' },
  columns: {
    number: 't.number',
    procedureCode: 't.procedure_code',
    procedure: 't.procedure_vi',
    procedureEn: 't.procedure_en',
    organisation: 't.org',
    organisationName: 't.org_vi',
    organisationNameEn: 't.org_en',
    units: 't.units',
    officers: 't.officers',
    coordinates: 't.coordinates',
    openedAt: 't.opened_at',
    closedAt: 't.closed_at',
  },
}

/** An approval as the subject sees it, once for each of them. */
export const approval: Table = {
  type: 'Approval',
  from: 'approval_of_subject',
  key: 'subject_row',
  keyType: 'bigint',
  persons: { subject: 't.person' },
  columns: {
    state: 't.state',
    caseNumber: 't.case_number',
    procedure: 't.procedure_vi',
    procedureEn: 't.procedure_en',
    organisation: 't.org',
    organisationName: 't.org_vi',
    organisationNameEn: 't.org_en',
    purpose: 't.purpose',
    purposeText: 't.purpose_vi',
    purposeTextEn: 't.purpose_en',
    coordinates: 't.coordinates',
    minutes: 't.minutes',
    reason: 't.reason',
    requestedAt: 't.requested_at',
    answeredAt: 't.answered_at',
    endsAt: 't.ends_at',
    withdrawnAt: 't.withdrawn_at',
  },
}

/** The same as the organisation sees it: it names officers, and nobody else. */
export const approvalRequest: Table = {
  type: 'ApprovalRequest',
  from: 'approval_now',
  key: 'id',
  keyType: 'uuid',
  columns: {
    state: 't.state',
    caseNumber: 't.case_number',
    procedure: 't.procedure_vi',
    procedureEn: 't.procedure_en',
    purpose: 't.purpose',
    coordinates: 't.coordinates',
    staff: "case when t.reader_kind = 'STAFF' then t.reader end",
    unit: "case when t.reader_kind = 'UNIT' then t.reader end",
    minutes: 't.minutes',
    reason: 't.reason',
    reference: 't.reference',
    requestedBy: 't.requested_by',
    requestedAt: 't.requested_at',
    answerBy: 't.answer_by',
    notice: 't.notice_vi',
    noticeEn: 't.notice_en',
    noticeHash: 't.notice_hash',
    answeredAt: 't.answered_at',
    endsAt: 't.ends_at',
  },
}

const emergencyColumns = {
  number: 't.case_number',
  organisation: 't.org',
  organisationName: 't.org_vi',
  organisationNameEn: 't.org_en',
  reason: 't.reason',
  state: 't.state',
  openedAt: 't.opened_at',
  endsAt: 't.ends_at',
  reviewBy: 't.review_by',
  reviewedAt: 't.reviewed_at',
}

/** An emergency as the person it was declared for sees it. */
export const emergency: Table = {
  type: 'Emergency',
  from: 'emergency_now',
  key: 'case_number',
  keyType: 'text',
  persons: { subject: 't.person' },
  columns: { ...emergencyColumns, coordinates: 't.coordinates', note: 't.note', reviewNote: 't.review_note' },
}

/** The same as the reviewer sees it: in pseudonyms of the disclosure log, without what was written of the person. */
export const emergencyReport: Table = {
  type: 'EmergencyReport',
  from: 'emergency_now',
  key: 'case_number',
  keyType: 'text',
  columns: { ...emergencyColumns, staffCode: 't.staff_code', subjectCode: 't.subject_code' },
}

/** A guardianship record. */
export const representation: Table = {
  type: 'Representation',
  from: 'representation',
  key: 'id',
  keyType: 'bigint',
  persons: { ward: 't.ward', representative: 't.representative' },
  columns: {
    relation: 't.relation',
    authorityDocument: 't.authority_document',
    validFrom: 't.valid_from',
    validTo: 't.valid_to',
    inForce: 't.in_force',
  },
}
