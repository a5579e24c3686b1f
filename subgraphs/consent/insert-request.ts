import type { PoolClient } from 'pg'
import type { Purpose } from '../../policy/purposes.ts'
import type { ConsentTerms } from './consent-terms.ts'
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
  await client.query('insert into consent_notice (hash, vi, en) values ($1, $2, $3) on conflict do nothing', [
    ...[notice.hash, notice.vi, notice.en],
  ])
  const { rows } = await client.query<{ id: string }>(
    `insert into consent (subject, grantee_org, grantee_app, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en, reference, replaces)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[terms.subject, grantee.id, app, grantee.vi, grantee.en],
      ...[purpose.code, purpose.vi, purpose.en, terms.reference, request.replaces],
    ],
  )
  const id = String(rows[0]?.id)
  await client.query(
    `insert into consent_version (consent_id, state, actor, actor_app, coordinates, sensitive, controllers, mode, data_from, data_to,
       not_before, not_after, max_reads, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice)
     values ($1, 'REQUESTED', 'GRANTEE', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      ...[id, app, scope.coordinates, scope.sensitive, scope.controllers, terms.mode, terms.dataFrom, terms.dataTo],
      ...[terms.notBefore, terms.notAfter, terms.maxReads, terms.retentionDays, request.schemaHash],
      ...[terms.refusalConsequence, terms.refusalConsequenceEn, notice.hash, notice.hasSensitiveNotice],
    ],
  )
  return id
}
