-- What the reviewer asks of use: readings of persons, staff's relatives, and the second person's approvals.

-- One row a person and record, from a moment on. Each retention class is walked by itself, as in the timeline.
create function readings(p_since timestamptz, p_until timestamptz)
returns table (record uuid, at timestamptz, organisation text, staff text, caller_kind text, purpose text, case_number text,
  subject text, is_granted boolean, is_counted boolean, code text)
language sql stable as $$
  select d.id, d.at, d.organisation, d.staff_code, d.caller_kind, d.purpose, coalesce(e.case_number, d.case_number),
    e.subject, bool_or(e.outcome in ('ALLOW', 'MASK')),
    bool_or(e.outcome in ('ALLOW', 'MASK') and e.basis not in ('OPEN', 'STRUCTURE', 'SHARED', 'SELF', 'REPRESENTATIVE', '19.2')),
    min(e.code)
  from retention_class as c
  cross join lateral (
    select * from disclosure as one
    where one.id >= record_id_bound(c.code, p_since) and one.id < record_id_bound(c.code, p_until + interval '1 ms')) as d
  join disclosure_entry as e on e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
  where e.subject is not null
  group by d.id, d.at, d.organisation, d.staff_code, d.caller_kind, d.purpose, coalesce(e.case_number, d.case_number), e.subject
$$;

-- Who is whose relative, as the log's pseudonyms: from the agencies' personnel records and the population database.
create table staff_relation (
  staff_code text not null,
  subject text not null check (subject ~ '^[A-Za-z0-9_-]{43}$'),
  kind text not null check (kind in ('SPOUSE', 'PARENT', 'CHILD', 'SIBLING', 'OTHER')),
  noted_at timestamptz not null default now(),
  primary key (staff_code, subject)
);

-- Elements {staff, subject, kind}; what is known already stays.
create function register_staff_relations(p_relations jsonb) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with added as (
    insert into staff_relation (staff_code, subject, kind)
    select one ->> 'staff', one ->> 'subject', one ->> 'kind' from jsonb_array_elements(p_relations) as one
    on conflict do nothing returning 1)
  select count(*) from added
$$;

create function ask_volume_approval(p_organisation text, p_purpose text, p_counted text, p_reason text, p_staff text,
  p_at timestamptz, p_ends_at timestamptz)
returns uuid language sql security definer set search_path = public, pg_temp as $$
  insert into volume_approval (organisation, purpose, counted, reason, asked_by, asked_at, ends_at)
  values (p_organisation, p_purpose, p_counted, p_reason, p_staff, p_at, p_ends_at) returning id
$$;

-- Gives the request's id; nothing where this person of this organisation can't approve it: asked by themselves, answered
-- already, over, or another organisation's.
create function give_volume_approval(p_id uuid, p_organisation text, p_staff text, p_at timestamptz)
returns setof uuid language sql security definer set search_path = public, pg_temp as $$
  update volume_approval set approved_by = p_staff, approved_at = p_at
  where id = p_id and organisation = p_organisation and asked_by <> p_staff and approved_at is null and ends_at > p_at
  returning id
$$;

alter table staff_relation owner to oversight_owner;
grant select on staff_relation to oversight_app;
alter function readings(timestamptz, timestamptz) owner to oversight_owner;
alter function register_staff_relations(jsonb) owner to oversight_owner;
alter function ask_volume_approval(text, text, text, text, text, timestamptz, timestamptz) owner to oversight_owner;
alter function give_volume_approval(uuid, text, text, timestamptz) owner to oversight_owner;
grant usage on schema public to oversight_registrar;
revoke execute on all functions in schema public from public;
grant execute on function readings(timestamptz, timestamptz) to oversight_app;
grant execute on function register_staff_relations(jsonb) to oversight_registrar;
grant execute on function ask_volume_approval(text, text, text, text, text, timestamptz, timestamptz) to oversight_app;
grant execute on function give_volume_approval(uuid, text, text, timestamptz) to oversight_app;
