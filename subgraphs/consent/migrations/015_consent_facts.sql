-- Facts for callers who state no case, which most do, without looking for one; and those of a case made from the same.

create function state_of(state text, ends_at timestamptz, on_behalf boolean, subject_class text) returns text
  language sql stable
  return case
    when ends_at <= now() then 'EXPIRED'
    when state in ('GRANTED', 'RESTRICTED') and (subject_class = 'DECEASED' or on_behalf and subject_class = 'ADULT') then 'EXPIRED'
    else state
  end;

create or replace function state_now(head consent, said consent_version) returns text
  language sql stable
  return state_of(head.state, head.ends_at, said.on_behalf, class_today(head.subject));

-- All facts of many persons, each named once, for one caller and purpose. An unknown person is an adult without rows.
create function consent_facts(persons text[], caller text, org text, stated_purpose text, trace text)
returns table (person text, subject_class text, relation text, consents json)
  language sql stable security definer set search_path = public, pg_temp as $$
  select asked.person, s.class,
         case when asked.person = caller then 'SELF'
              when caller is not null and is_representative(caller, asked.person) then 'REPRESENTATIVE'
              else 'OTHER' end,
         coalesce((
           select json_agg(json_build_object(
                    'id', c.id, 'version', c.version, 'state', state_of(c.state, c.ends_at, v.on_behalf, s.class),
                    'coordinates', v.coordinates, 'mode', v.mode,
                    'sensitiveNotice', v.sensitive_notice, 'written', v.written, 'coConsent', v.co_consent,
                    'notBefore', v.not_before, 'notAfter', v.not_after, 'dataFrom', v.data_from, 'dataTo', v.data_to,
                    'readsLeft', v.max_reads - c.reads_used + (
                      select count(*) from consent_read r where r.consent_id = c.id and r.trace_id = trace))
                  order by v.at desc, c.id desc)
             from consent c join consent_version v on v.consent_id = c.id and v.version = c.version
            where c.subject = asked.person and c.grantee_org = org and c.purpose = stated_purpose
              and c.state in ('GRANTED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
              and exists (select from consent_version g where g.consent_id = c.id and g.state = 'GRANTED')), '[]')
    from unnest(persons) as asked (person)
    cross join lateral (
      select coalesce((select class_of(s.born_on, s.deceased_on, s.represented, today()) from subject s
                        where s.personal_id = asked.person), 'ADULT') as class offset 0) s
$$;

drop function request_facts(text[], text, text, text, text, text, text, text);
create function request_facts(
  persons text[], caller text, org text, stated_purpose text, stated_case text, staff text, unit text, trace text)
returns table (
  person text, subject_class text, relation text, consents json, case_coordinates text[], approved_coordinates text[])
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
  select f.person, f.subject_class, f.relation, f.consents, covered.coordinates,
         case when covered.coordinates is not null then (select coordinates from approved) end
    from consent_facts(persons, caller, request_facts.org, stated_purpose, trace) f
    left join lateral (
      select stated.coordinates from stated
       where exists (select from case_subject cs where cs.case_number = stated.number and cs.person = f.person)) covered on true
$$;

revoke execute on all functions in schema public from public;
grant execute on function state_of(text, timestamptz, boolean, text) to consent_app;
grant execute on function consent_facts(text[], text, text, text, text),
  request_facts(text[], text, text, text, text, text, text, text) to consent_reader;
