import { CompactSign } from 'jose'
import type { Pool } from 'pg'
import type { Keys } from '../kit/types.ts'

/** One step of a consent, as its receipt states it. */
export type ReceiptEvent = { version: number; state: string; at: string; by: string; hash: string }

/** What a receipt states. */
export type ReceiptFacts = {
  id: string
  subject: string
  grantee: { id: string; vi: string; en: string }
  controllers: readonly string[]
  purpose: { code: string; vi: string; en: string }
  coordinates: readonly string[]
  sensitive: readonly string[]
  mode: string
  dataFrom: string | null
  dataTo: string | null
  notBefore: string
  notAfter: string
  maxReads: number | null
  retentionDays: number
  noticeHash: string
  schemaHash: string
  locale: string | null
  method: string | null
  accountLevel: number | null
  authnLevel: number | null
  confirmedBy: readonly string[]
  events: readonly ReceiptEvent[]
}

/** What the receipt of a consent states; null where there is no such consent. */
export async function readReceiptFacts(pool: Pool, consentId: string): Promise<ReceiptFacts | null> {
  const { rows } = await pool.query<ReceiptFacts>(
    `select c.id, c.subject, jsonb_build_object('id', c.grantee_org, 'vi', c.grantee_vi, 'en', c.grantee_en) as grantee, c.controllers,
            jsonb_build_object('code', c.purpose, 'vi', c.purpose_vi, 'en', c.purpose_en) as purpose, c.coordinates, c.sensitive, c.mode,
            c.data_from as "dataFrom", c.data_to as "dataTo", c.not_before as "notBefore", c.not_after as "notAfter",
            c.max_reads as "maxReads", c.retention_days as "retentionDays", c.notice_hash as "noticeHash", c.locale, c.method,
            c.account_level as "accountLevel", c.authn_level as "authnLevel", c.confirmed_by as "confirmedBy",
            (select v.schema_hash from consent_version v where v.consent_id = c.id and v.version = 1) as "schemaHash",
            (select jsonb_agg(jsonb_build_object('version', v.version, 'state', v.state, 'by', v.actor, 'hash', encode(v.hash, 'hex'),
                      'at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by v.version)
               from consent_version v where v.consent_id = c.id) as events
       from consent_now c where c.id = $1`,
    [consentId],
  )
  return rows[0] ?? null
}

/**
 * The receipt as a JWS (RFC 7515, EdDSA by RFC 8037), shaped after ISO/IEC TS 27560 (record, processing, parties,
 * events; field names from memory of the standard's annex). It states only what the unchanging versions say, so signing
 * it again with the newest key gives the same statement under a key that is still published.
 */
export async function signReceipt(facts: ReceiptFacts, signing: Keys['signing']): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(statementOf(facts)))
  return new CompactSign(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: 'consent-receipt+json' })
    .sign(signing.privateKey)
}

const statementOf = (facts: ReceiptFacts) => ({
  receipt_metadata: { schema_version: 'ISO/IEC TS 27560:2023', record_id: facts.id, pii_principal_id: facts.subject },
  pii_processing: {
    privacy_notice: { sha256: facts.noticeHash, language: facts.locale },
    schema_sha256: facts.schemaHash,
    lawful_basis: 'CONSENT',
    purposes: [
      {
        purpose: facts.purpose,
        pii_information: facts.coordinates.map((coordinate) => ({
          pii_type: coordinate,
          sensitive: facts.sensitive.includes(coordinate),
        })),
        processing_method: facts.mode,
        data_period: { from: facts.dataFrom, to: facts.dataTo },
        validity: { not_before: facts.notBefore, not_after: facts.notAfter },
        max_reads: facts.maxReads,
        retention_period: `P${facts.retentionDays}D`,
        withdrawal_method: 'withdrawConsent',
        onward_transfer: false,
      },
    ],
  },
  parties: [
    { party_id: facts.grantee.id, party_name: { vi: facts.grantee.vi, en: facts.grantee.en }, party_role: 'RECIPIENT' },
    ...facts.controllers.map((party_id) => ({ party_id, party_role: 'CONTROLLER' })),
  ],
  evidence: {
    method: facts.method,
    confirmed_by: facts.confirmedBy,
    account_level: facts.accountLevel,
    authn_level: facts.authnLevel,
  },
  events: facts.events.map(({ version, state, at, by, hash }) => ({
    event_time: at,
    event_state: state,
    entity: by,
    version,
    sha256: hash,
  })),
})
