import type { OwnCluster } from '../support/own-cluster.ts'

/** What the bank of the seed is allowed to read of every citizen who consented here. */
export const consentedCoordinates: readonly string[] = [
  ...['fullName', 'dateOfBirth', 'sex', 'ethnicity', 'maritalStatus', 'phoneNumber', 'permanentResidence'].map(
    (field) => `Citizen.${field}`,
  ),
  ...['landRights', 'insuranceCards', 'socialInsurance'].map((field) => `Citizen.${field}`),
  ...['text', 'since'].map((field) => `ResidenceAddress.${field}`),
  ...['right', 'term', 'financialObligation', 'registeredOn', 'parcel', 'holder'].map((field) => `LandRight.${field}`),
  ...['cardNo', 'benefitLevel', 'validFrom', 'validTo'].map((field) => `InsuranceCard.${field}`),
  ...['siNo', 'status', 'scheme', 'totalMonths', 'participations'].map((field) => `SiMember.${field}`),
  ...['from', 'to', 'jobTitle', 'salaryBase'].map((field) => `Participation.${field}`),
]

/**
 * A live consent of every adult to the bank, and `others` consents of theirs to other organisations beside, so that the
 * store has its real size. Written as the database's owner without the triggers of the chain: the readers look at none
 * of what those keep, and ten million would take a day through them. They were asked for a month ago: what a grantee asks
 * in a day is limited. Repeats nothing that is there.
 */
export async function seedConsents({ sql }: Pick<OwnCluster, 'sql'>, others = 0): Promise<void> {
  const [there] = await sql<{ n: number }>(
    'consent',
    `select count(*)::int as n from consent where reference like 'bench-%'`,
  )
  const [adults] = await sql<{ n: number }>(
    'consent',
    `select count(*)::int as n from subject where birth_year <= 2006`,
  )
  const wanted = (adults?.n ?? 0) + others
  if ((there?.n ?? 0) >= wanted) return
  await sql('consent', script, [consentedCoordinates, wanted])
}

const script = `
  with off as (select set_config('session_replication_role', 'replica', false) as mode),
  texts as (select repeat('Thông báo đồng ý của phép đo. ', 4) as vi, repeat('Notice of the measurement. ', 4) as en),
  notice as (
    insert into consent_notice (hash, vi, en)
    select encode(sha256(convert_to(vi || e'\\n\\n' || en, 'UTF8')), 'hex'), vi, en from texts, off
    on conflict (hash) do update set vi = excluded.vi returning hash),
  adults as (select personal_id, row_number() over (order by personal_id) as n, count(*) over () as total
    from subject where birth_year <= 2006),
  wanted as (
    select a.personal_id, round from adults a, generate_series(0, ($2::bigint - 1) / greatest(a.total, 1)) as round
    where round * a.total + a.n <= $2::bigint),
  heads as (
    insert into consent (subject, grantee_org, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en, reference,
      requested_at, answer_by, version, state, ends_at)
    select personal_id, case round when 0 then 'BANK-DEMO' else 'BANK-' || round end, 'Ngân hàng', 'A bank',
      'CREDIT_ASSESSMENT', 'Đánh giá tín dụng', 'Credit assessment', 'bench-' || round, now() - interval '30 days', now(), 2, 'GRANTED',
      now() + interval '1 year'
    from wanted returning id, subject)
  insert into consent_version (consent_id, version, state, at, actor, actor_person, coordinates, controllers, mode,
    not_before, not_after, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice,
    written, co_consent, hash, prev_hash)
  select h.id, v.version, v.state, now() - interval '30 days', v.actor, case v.version when 2 then h.subject end, $1, '{BCA}', 'VIEW',
    now() - interval '30 days', now() + interval '1 year', 90, 'bench', 'Không có hệ quả', 'No consequence', notice.hash, true,
    true, true, sha256(h.id::text::bytea), case v.version when 2 then sha256(h.id::text::bytea) end
  from heads h, notice, (values (1, 'REQUESTED', 'GRANTEE'), (2, 'GRANTED', 'SUBJECT')) as v (version, state, actor)`
