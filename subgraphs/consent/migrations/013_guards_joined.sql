-- Approvals and emergencies in what was there before: records of changes, facts, what the graph shows, and who may.

alter table consent_event
  add approval_id uuid references approval,
  add check (approval_id is null or case_number is not null),
  drop constraint consent_event_level_check,
  add check (level in ('L2', 'L3', 'L4'));
create index consent_event_approval on consent_event (approval_id);

-- No change without its record.
create or replace function need_event() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said jsonb := to_jsonb(new);
begin
  if not exists (
    select from consent_event e
     where e.written_in = pg_current_xact_id()
       and (e.consent_id = (said ->> 'consent_id')::uuid and e.consent_version >= coalesce((said ->> 'version')::integer, 1)
            or tg_table_name = 'case_file' and e.case_number = said ->> 'number'
            or tg_table_name = 'emergency_review' and e.case_number = said ->> 'case_number'
            or tg_table_name = 'approval' and e.approval_id::text = said ->> 'id'
            or tg_table_name = 'approval_step' and e.approval_id::text = said ->> 'approval_id')) then
    raise exception 'a change of % has no record', tg_table_name using errcode = 'CN001';
  end if;
  return null;
end $$;
create constraint trigger recorded after insert on approval deferrable initially deferred for each row execute function need_event();
create constraint trigger recorded after insert on approval_step deferrable initially deferred for each row execute function need_event();
create constraint trigger recorded after insert on emergency_review deferrable initially deferred for each row execute function need_event();

-- All facts of many persons for one caller, purpose and case in one query. An unknown person is an adult without rows.
-- An emergency opens under its own purpose alone, and nothing else opens under that.
drop function request_facts(text[], text, text, text, text, text, text, text);
create function request_facts(
  persons text[], caller text, org text, stated_purpose text, stated_case text, staff text, unit text, trace text)
returns table (
  person text, subject_class text, relation text, consents jsonb, case_coordinates text[], approved_coordinates text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  with stated as (
    select f.number, f.coordinates
      from case_file f
     where f.number = stated_case and f.org = request_facts.org and is_open(f)
       and (f.kind = 'EMERGENCY') = (coalesce(stated_purpose, '') = 'EMERGENCY')
       and exists (
         select from case_handler h
          where h.case_number = f.number and (h.kind = 'STAFF' and h.ref = staff or h.kind = 'UNIT' and h.ref = request_facts.unit))
  ), approved as (
    -- Nobody reads on what they approved themselves, as one of a unit either.
    select array_agg(distinct c) as coordinates
      from stated
      join approval a on a.case_number = stated.number and a.org = request_facts.org and a.purpose = stated_purpose
       and (a.reader_kind = 'STAFF' and a.reader = staff or a.reader_kind = 'UNIT' and a.reader = request_facts.unit)
      join approval_step g on g.approval_id = a.id and g.state = 'GIVEN' and g.staff <> request_facts.staff
      cross join unnest(a.coordinates) c
     where approval_state(a) = 'GIVEN'
  )
  select asked.person,
         coalesce(class_of(s.born_on, s.deceased_on, s.represented, today()), 'ADULT'),
         case when asked.person = caller then 'SELF'
              when caller is not null and is_representative(caller, asked.person) then 'REPRESENTATIVE'
              else 'OTHER' end,
         coalesce((
           select jsonb_agg(jsonb_build_object(
                    'id', c.id, 'version', c.version, 'state', state_now(c, v), 'coordinates', v.coordinates, 'mode', v.mode,
                    'sensitiveNotice', v.sensitive_notice, 'written', v.written, 'coConsent', v.co_consent,
                    'notBefore', v.not_before, 'notAfter', v.not_after, 'dataFrom', v.data_from, 'dataTo', v.data_to,
                    'readsLeft', v.max_reads - c.reads_used + (
                      select count(*) from consent_read r where r.consent_id = c.id and r.trace_id = trace))
                  order by v.at desc, c.id desc)
             from consent c join consent_version v on v.consent_id = c.id and v.version = c.version
            where c.subject = asked.person and c.grantee_org = request_facts.org and c.purpose = stated_purpose
              and c.state in ('GRANTED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
              and exists (select from consent_version g where g.consent_id = c.id and g.state = 'GRANTED')), '[]'),
         covered.coordinates,
         case when covered.coordinates is not null then (select coordinates from approved) end
    from (select distinct p as person from unnest(persons) p) asked
    left join subject s on s.personal_id = asked.person
    left join lateral (
      select stated.coordinates from stated
       where exists (select from case_subject cs where cs.case_number = stated.number and cs.person = asked.person)) covered on true
$$;

-- A case that ended by itself is closed as well.
create or replace view case_now with (security_invoker = true) as
select s.id, s.person, f.number, f.procedure_code, f.procedure_vi, f.procedure_en, f.org, f.org_vi, f.org_en, f.coordinates,
       f.opened_at, case when is_open(f) then null else least(f.closed_at, f.ends_at) end as closed_at,
       (select coalesce(array_agg(h.ref order by h.ref), '{}') from case_handler h where h.case_number = f.number and h.kind = 'UNIT') as units,
       (select count(*)::integer from case_handler h where h.case_number = f.number and h.kind = 'STAFF') as officers
  from case_subject s join case_file f on f.number = s.case_number;

create view approval_now with (security_invoker = true) as
select a.id, a.case_number, f.procedure_vi, f.procedure_en, a.org, f.org_vi, f.org_en, a.purpose, a.purpose_vi, a.purpose_en,
       a.coordinates, a.reader_kind, a.reader, a.minutes, a.reason, a.reference, a.requested_by, a.requested_at, a.answer_by,
       a.notice_hash, n.vi as notice_vi, n.en as notice_en, approval_state(a) as state, answer.at as answered_at,
       answer.ends_at, w.at as withdrawn_at
  from approval a
  join case_file f on f.number = a.case_number
  join consent_notice n on n.hash = a.notice_hash
  left join approval_step answer on answer.approval_id = a.id and answer.state in ('GIVEN', 'REFUSED')
  left join approval_step w on w.approval_id = a.id and w.state = 'WITHDRAWN';

-- The same, once for each of its subjects.
create view approval_of_subject with (security_invoker = true) as
select s.id as subject_row, s.person, n.* from approval_subject s join approval_now n on n.id = s.approval_id;

revoke execute on all functions in schema public from public;

grant select on guard_settings, approval, approval_subject, approval_step, approval_now, approval_of_subject, emergency_coordinate,
  emergency, emergency_review, emergency_now to consent_app;
grant insert (case_number, org, purpose, purpose_vi, purpose_en, coordinates, reader_kind, reader, minutes, reason, reference,
  requested_by, requested_unit, notice_hash) on approval to consent_app;
grant insert (approval_id, state, org, staff, authn_level, notice_hash) on approval_step to consent_app;
grant insert (case_number, reviewer, org, finding, note) on emergency_review to consent_app;
grant insert (approval_id) on consent_event to consent_app;
grant execute on function is_open(case_file), approval_state(approval),
  declare_emergency(text, text, text, text, text, text, text, text, text) to consent_app;
grant execute on function request_facts(text[], text, text, text, text, text, text, text) to consent_reader;
