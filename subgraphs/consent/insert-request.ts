import type { PoolClient } from 'pg'
import type { Purpose } from '../../policy/purposes.ts'
import type { ConsentTerms } from './consent-terms.ts'
import { insertRow } from './insert-row.ts'
import type { Named, Notice } from './notice.ts'
import type { Scope } from './scope.ts'

/** Everything a request consists of. */
export type NewRequest = {
  terms: ConsentTerms
  scope: Scope
  notice: Notice
  grantee: Named & { id: string }
  purpose: Purpose
  /** The app that asks. */
  app: string | null
  /** Key of the consent it replaces. */
  replaces: string | null
  schemaHash: string
}

/** Writes a request with its notice and its first version; gives the consent's key. */
export async function insertRequest(client: PoolClient, request: NewRequest): Promise<string> {
  const { terms, scope, notice, grantee, purpose, app } = request
  const { hash, vi, en } = notice
  await client.query('insert into consent_notice (hash, vi, en) values ($1, $2, $3) on conflict do nothing', [
    hash,
    vi,
    en,
  ])
  const head = {
    subject: terms.subject,
    grantee_org: grantee.id,
    grantee_app: app,
    grantee_vi: grantee.vi,
    grantee_en: grantee.en,
    purpose: purpose.code,
    purpose_vi: purpose.vi,
    purpose_en: purpose.en,
    reference: terms.reference,
    replaces: request.replaces,
  }
  const id = String((await insertRow<{ id: string }>(client, 'consent', head, 'id'))?.id)
  await insertRow(client, 'consent_version', {
    consent_id: id,
    state: 'REQUESTED',
    actor: 'GRANTEE',
    actor_app: app,
    coordinates: scope.coordinates,
    sensitive: scope.sensitive,
    controllers: scope.controllers,
    mode: terms.mode,
    data_from: terms.dataFrom,
    data_to: terms.dataTo,
    not_before: terms.notBefore,
    not_after: terms.notAfter,
    max_reads: terms.maxReads,
    retention_days: terms.retentionDays,
    schema_hash: request.schemaHash,
    consequence_vi: terms.refusalConsequence,
    consequence_en: terms.refusalConsequenceEn,
    notice_hash: hash,
    sensitive_notice: notice.hasSensitiveNotice,
  })
  return id
}
