import type { OwnCluster } from '../support/own-cluster.ts'
import { consentedCoordinates } from './seed-consents.ts'

const step = 250_000

/**
 * So many consents of people on numbers of their own, and so many records in the log: the size of a store after years. Both
 * are written as the databases' owner in bulk: consents with their granted version alone, without the triggers of the chain;
 * records with one line each, spread over the year before, unsigned and without a leaf. What reads and what appends walks
 * the same tables, partitions and indexes; no export of this log verifies. Takes up where it was interrupted.
 */
export async function seedHistory({ sql }: Pick<OwnCluster, 'sql'>, rows: number): Promise<void> {
  const [consents] = await sql<{ n: number }>(
    'consent',
    `select count(*)::int as n from consent where grantee_org = 'BANK-HISTORY'`,
  )
  // Asked of every row of one list, the check of the list would take longer than all the rest.
  if ((consents?.n ?? 0) < rows) await sql('consent', unchecked)
  for (let from = consents?.n ?? 0; from < rows; from += step)
    await sql('consent', consentScript, [consentedCoordinates.slice(0, 6), from, Math.min(from + step, rows)])
  await sql('consent', `${unchecked}; ${checked}`)
  const [records] = await sql<{ n: number }>(
    'oversight',
    `select coalesce(max(counter), 0)::int as n from commitment where writer_id = ${historyWriter}`,
  )
  await sql('oversight', `select prepare_partitions(now() - interval '12 months', 13)`)
  for (let from = records?.n ?? 0; from < rows; from += step)
    await sql('oversight', recordScript, [from, Math.min(from + step, rows)])
  for (const database of ['consent', 'oversight']) await sql(database, 'vacuum (analyze)')
}

/** A writer that nobody registered: the sequencer leaves its records alone. */
const historyWriter = 1_000_000_000

const unchecked = 'alter table consent_version drop constraint if exists consent_version_coordinates_check'
const checked = `alter table consent_version add constraint consent_version_coordinates_check
  check (are_coordinates(coordinates)) not valid`

const consentScript = `
  with off as (select set_config('session_replication_role', 'replica', false) as mode),
  notice as (select hash from consent_notice, off limit 1),
  wanted as (select n from generate_series($2::bigint + 1, $3::bigint) as n),
  heads as (
    insert into consent (subject, grantee_org, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en, reference,
      requested_at, answer_by, version, state, ends_at)
    select '98' || lpad(n::text, 10, '0'), 'BANK-HISTORY', 'Ngân hàng', 'A bank', 'CREDIT_ASSESSMENT', 'Đánh giá tín dụng',
      'Credit assessment', 'history', now() - n * interval '3 seconds' - interval '30 days', now(), 2, 'GRANTED', now() + interval '1 year'
    from wanted returning id, subject)
  insert into consent_version (consent_id, version, state, at, actor, actor_person, coordinates, controllers, mode,
    not_before, not_after, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice,
    written, co_consent, hash, prev_hash)
  select h.id, 2, 'GRANTED', now() - interval '30 days', 'SUBJECT', h.subject, $1, '{BCA}', 'VIEW', now() - interval '30 days',
    now() + interval '1 year', 90, 'bench', 'Không có hệ quả', 'No consequence', notice.hash, true, true, true,
    sha256(h.id::text::bytea), sha256(h.id::text::bytea)
  from heads h, notice`

const recordScript = `
  with wanted as (
    select n, date_trunc('milliseconds', now() - n * interval '3 seconds') as at, md5(n::text) as noise
    from generate_series($1::bigint + 1, $2::bigint) as n),
  named as (
    select *, (left(record_id_bound(3::smallint, at)::text, 18) || '-' || '8' || substr(noise, 1, 3) || '-' || substr(noise, 4, 8) || '0000')::uuid
      as id from wanted),
  records as (
    insert into disclosure (id, writer_id, counter, at, trace_id, request_id, service, caller_kind, organisation,
      organisation_kind, unit, roles, app, staff_code, account_level, authn_level, purpose, operation, bundle_hash,
      schema_hash, body, leaf_hash, key_id)
    select id, ${historyWriter}, n, at, noise, noise, 'population', 'SYSTEM', 'BANK-HISTORY', 'PRIVATE', 'TIN-DUNG',
      '{credit-officer}', 'BANK', noise, 2, 3, 'CREDIT_ASSESSMENT', 'history', 'history', 'history',
      convert_to(repeat(noise, 12), 'UTF8'), sha256(noise::bytea), 'history' from named),
  lines as (
    insert into disclosure_entry (id, record_id, at, subject, coordinates, outcome, level, rule, basis, citation,
      protective, body)
    select (left(id::text, 32) || '0001')::uuid, id, at, left(noise || noise, 43), '{Citizen.fullName,Citizen.dateOfBirth}',
      'ALLOW', 'L2', 'consent-basic', 'CONSENT', 'Luật 91/2025/QH15, Điều 9', false, convert_to(repeat(noise, 8), 'UTF8')
    from named)
  insert into commitment (writer_id, counter, record_id, leaf_hash, previous, signature)
  select ${historyWriter}, n, id, sha256(noise::bytea), case when n > 1 then sha256(noise::bytea) end,
    sha256(noise::bytea) || sha256(noise::bytea) from named`
