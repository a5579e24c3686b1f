-- Facts for many requests in one query: what starting one costs is several times what a person in it costs.

-- Worked out when it is written: people are read far more often than they are registered.
alter table subject add column latest_birth date not null generated always as (latest_birth(born_on)) stored;

create function class_at(latest_birth date, deceased_on date, represented boolean, day date) returns text
  language sql immutable
  return case
    when deceased_on <= day then 'DECEASED'
    when day < latest_birth + interval '7 years' then 'CHILD_UNDER_7'
    when day < latest_birth + interval '18 years' then 'CHILD_7_17'
    when represented then 'REPRESENTED'
    else 'ADULT'
  end;

create or replace function class_of(born_on text, deceased_on date, represented boolean, day date) returns text
  language sql immutable
  return class_at(latest_birth(born_on), deceased_on, represented, day);

create or replace function class_today(person text) returns text
  language sql stable
  return (select class_at(s.latest_birth, s.deceased_on, s.represented, today()) from subject s where s.personal_id = person);

drop function consent_facts(text[], text, text, text, text);
-- Of each person (the first is 1) what the caller beside it may know for its purpose. An unknown person is an adult
-- without rows. All lists are of one length.
create function consent_facts(persons text[], callers text[], orgs text[], purposes text[], traces text[])
returns table (place bigint, person text, subject_class text, relation text, consents json)
  language sql stable security definer set search_path = public, pg_temp as $$
  select asked.n, asked.person, s.class,
         case when asked.person = asked.caller then 'SELF'
              when asked.caller is not null and is_representative(asked.caller, asked.person) then 'REPRESENTATIVE'
              else 'OTHER' end,
         coalesce((
           select json_agg(json_build_object(
                    'id', c.id, 'version', c.version, 'state', state_of(c.state, c.ends_at, v.on_behalf, s.class),
                    'coordinates', v.coordinates, 'mode', v.mode,
                    'sensitiveNotice', v.sensitive_notice, 'written', v.written, 'coConsent', v.co_consent,
                    'notBefore', v.not_before, 'notAfter', v.not_after, 'dataFrom', v.data_from, 'dataTo', v.data_to,
                    'readsLeft', case when v.max_reads is not null then v.max_reads - c.reads_used + (
                      select count(*) from consent_read r where r.consent_id = c.id and r.trace_id = asked.trace) end)
                  order by v.at desc, c.id desc)
             from consent c join consent_version v on v.consent_id = c.id and v.version = c.version
            where c.subject = asked.person and c.grantee_org = asked.org and c.purpose = asked.purpose
              and c.state in ('GRANTED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
              and (c.state = 'GRANTED'
                or exists (select from consent_version g where g.consent_id = c.id and g.state = 'GRANTED'))), '[]')
    from (select today() as day offset 0) now
    cross join unnest(persons, callers, orgs, purposes, traces) with ordinality as asked (person, caller, org, purpose, trace, n)
    left join subject known on known.personal_id = asked.person
    cross join lateral (
      select case when known.personal_id is null then 'ADULT'
                  else class_at(known.latest_birth, known.deceased_on, known.represented, now.day) end as class offset 0) s
$$;

create or replace function request_facts(
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
    from (select array[cardinality(persons)] as size) lists
    cross join lateral consent_facts(persons, array_fill(caller, size), array_fill(request_facts.org, size),
                                     array_fill(stated_purpose, size), array_fill(trace, size)) f
    left join lateral (
      select stated.coordinates from stated
       where exists (select from case_subject cs where cs.case_number = stated.number and cs.person = f.person)) covered on true
$$;

revoke execute on all functions in schema public from public;
grant execute on function class_at(date, date, boolean, date) to consent_app;
grant execute on function consent_facts(text[], text[], text[], text[], text[]) to consent_reader;
