-- What every database asks before it answers. Both functions run as their owner: the reader's role can call them and
-- read nothing else.

-- A consent's state at this moment, whether or not anybody has written down yet that it ended.
create function state_now(head consent, said consent_version) returns text
  language sql stable
  return case
    when head.ends_at <= now() then 'EXPIRED'
    when head.state in ('GRANTED', 'RESTRICTED') and (
      class_today(head.subject) = 'DECEASED' or said.on_behalf and class_today(head.subject) = 'ADULT') then 'EXPIRED'
    else head.state
  end;

-- All facts of many persons for one caller, purpose and case in one query. An unknown person is an adult without rows.
create function request_facts(
  persons text[], caller text, org text, stated_purpose text, stated_case text, staff text, unit text, trace text)
returns table (person text, subject_class text, relation text, consents jsonb, case_coordinates text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  with stated as (
    select f.number, f.coordinates
      from case_file f
     where f.number = stated_case and f.org = request_facts.org and f.closed_at is null and f.opened_at <= now()
       and exists (
         select from case_handler h
          where h.case_number = f.number and (h.kind = 'STAFF' and h.ref = staff or h.kind = 'UNIT' and h.ref = request_facts.unit))
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
         (select stated.coordinates from stated
           where exists (select from case_subject cs where cs.case_number = stated.number and cs.person = asked.person))
    from (select distinct p as person from unnest(persons) p) asked
    left join subject s on s.personal_id = asked.person
$$;

-- Takes one read of each consent, once a trace; consents without a bound always have one left while they live.
create function reserve_reads(consent_ids uuid[], trace text)
returns table (consent_id uuid, reserved boolean)
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  head consent;
  said consent_version;
begin
  for consent_id in select distinct id from unnest(consent_ids) id order by id loop
    -- Waits for whoever withdraws or reads at this moment, then sees what they left.
    select * into head from consent c where c.id = reserve_reads.consent_id for update;
    select * into said from consent_version v where v.consent_id = head.id and v.version = head.version;
    reserved := coalesce(state_now(head, said) in ('GRANTED', 'RESTRICTED'), false);
    if reserved and said.max_reads is not null and not exists (
      select from consent_read r where r.consent_id = head.id and r.trace_id = trace) then
      reserved := head.reads_used < said.max_reads;
      if reserved then
        insert into consent_read (consent_id, trace_id) values (head.id, trace);
        update consent c set reads_used = c.reads_used + 1 where c.id = head.id;
      end if;
    end if;
    return next;
  end loop;
end $$;
