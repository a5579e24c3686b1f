-- What the graph shows: heads with their last version, cases one row a subject.

create view consent_now with (security_invoker = true) as
select c.id, c.subject, c.grantee_org, c.grantee_app, c.grantee_vi, c.grantee_en, c.purpose, c.purpose_vi, c.purpose_en,
       c.reference, c.requested_at, c.answer_by, c.reads_used, c.version, state_now(c, v) as state,
       v.coordinates, v.excluded, v.sensitive, v.controllers, v.mode, v.data_from, v.data_to, v.not_before, v.not_after,
       v.max_reads, v.retention_days, v.consequence_vi, v.consequence_en, v.notice_hash, v.sensitive_notice,
       n.vi as notice_vi, n.en as notice_en, v.written, v.co_consent, v.reason,
       v.acknowledge_by, v.done_by, v.done_by_processor,
       (select g.at from consent_version g where g.consent_id = c.id and g.state = 'GRANTED') as granted_at,
       case when c.state in ('REFUSED', 'REVOKED', 'EXPIRED', 'SUPERSEDED') then v.at end as ended_at,
       case when c.state = 'RESTRICTED' then v.at end as restricted_at,
       (select coalesce(array_agg(f.role order by f.role), '{}') from consent_confirmation f where f.consent_id = c.id) as confirmed_by,
       f.method, f.account_level, f.authn_level, f.locale
  from consent c
  join consent_version v on v.consent_id = c.id and v.version = c.version
  join consent_notice n on n.hash = v.notice_hash
  left join lateral (
    select * from consent_confirmation f where f.consent_id = c.id order by f.at desc limit 1) f on true;

-- Every version with the subject, for the history of a consent.
create view consent_history with (security_invoker = true) as
select v.*, c.subject
  from consent_version v join consent c on c.id = v.consent_id;

create view case_now with (security_invoker = true) as
select s.id, s.person, f.number, f.procedure_code, f.procedure_vi, f.procedure_en, f.org, f.org_vi, f.org_en, f.coordinates,
       f.opened_at, f.closed_at,
       (select coalesce(array_agg(h.ref order by h.ref), '{}') from case_handler h where h.case_number = f.number and h.kind = 'UNIT') as units,
       (select count(*)::integer from case_handler h where h.case_number = f.number and h.kind = 'STAFF') as officers
  from case_subject s join case_file f on f.number = s.case_number;

create view representation with (security_invoker = true) as
select g.id, g.ward, g.representative, g.relation, g.authority_document, g.valid_from, g.valid_to,
       is_representative(g.representative, g.ward) as in_force
  from guardianship g;
