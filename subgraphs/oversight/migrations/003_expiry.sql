-- Expiry: a partition whose time has passed is dropped by two people together; commitments and leaves stay.

create table expiry_approval (
  suffix text not null,
  role text not null check (role in ('oversight_keeper', 'oversight_controller')),
  person name not null,
  reason text not null check (length(reason) between 10 and 2000),
  at timestamptz not null default clock_timestamp()
);
create index on expiry_approval (suffix, at);

create table expired_partition (
  suffix text primary key references log_partition (suffix),
  records bigint not null,
  entries bigint not null,
  keeper name not null,
  controller name not null,
  at timestamptz not null default clock_timestamp(),
  check (keeper <> controller)
);

-- Records that the calling person wants a partition (`y1_2026_11`, `y5_2026`) to expire. session_user: SET ROLE and this
-- function's own rights don't change who is at the keyboard.
create function approve_expiry(p_suffix text, p_reason text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_keeper boolean := pg_has_role(session_user, 'oversight_keeper', 'member');
  v_controller boolean := pg_has_role(session_user, 'oversight_controller', 'member');
begin
  if v_keeper = v_controller then
    raise exception 'an approval needs exactly one of the two roles' using errcode = '42501';
  end if;
  if not exists (select from log_partition where suffix = p_suffix)
    or exists (select from expired_partition where suffix = p_suffix) then
    raise exception 'there is no partition %', p_suffix using errcode = '22023';
  end if;
  insert into expiry_approval (suffix, role, person, reason)
  values (p_suffix, case when v_keeper then 'oversight_keeper' else 'oversight_controller' end, session_user, p_reason);
end
$$;

-- Drops a partition after its retention has passed, all of its records have leaves, and a keeper and a controller,
-- two different people, approved within the last 30 days.
create function expire_partition(p_suffix text) returns void
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '10s' as $$
declare
  v_class retention_class;
  v_from timestamptz;
  v_until timestamptz;
  v_keeper name;
  v_controller name;
  v_records bigint;
  v_entries bigint;
begin
  select c.* into v_class from retention_class as c join log_partition as p on p.class = c.code
  where p.suffix = p_suffix and not exists (select from expired_partition as e where e.suffix = p.suffix);
  if not found then
    raise exception 'there is no partition %', p_suffix using errcode = '22023';
  end if;
  select first_day::timestamp at time zone 'UTC', end_day::timestamp at time zone 'UTC' into v_from, v_until
  from log_partition where suffix = p_suffix;
  if v_until + v_class.keep > now() then
    raise exception 'the records of % are kept until %', p_suffix, v_until + v_class.keep using errcode = '55000';
  end if;

  select k.person, c.person into v_keeper, v_controller
  from expiry_approval as k, expiry_approval as c
  where k.suffix = p_suffix and k.role = 'oversight_keeper' and k.at > now() - interval '30 days'
    and c.suffix = p_suffix and c.role = 'oversight_controller' and c.at > now() - interval '30 days'
    and k.person <> c.person
  limit 1;
  if not found then
    raise exception 'expiry needs the approval of a keeper and of a controller' using errcode = '42501';
  end if;

  execute format('lock table %I, %I in access exclusive mode', 'disclosure_' || p_suffix, 'disclosure_entry_' || p_suffix);
  select count(*) into v_records from disclosure as d
  where d.id >= record_id_bound(v_class.code, v_from) and d.id < record_id_bound(v_class.code, v_until);
  select count(*) into v_entries from disclosure_entry as e
  where e.id >= record_id_bound(v_class.code, v_from) and e.id < record_id_bound(v_class.code, v_until);
  if exists (
    select from disclosure as d
    where d.id >= record_id_bound(v_class.code, v_from) and d.id < record_id_bound(v_class.code, v_until)
      and not exists (select from leaf as l where l.record_id = d.id and l.leaf_hash = d.leaf_hash)
  ) then
    raise exception 'some records of % have no leaf yet', p_suffix using errcode = '55000';
  end if;
  insert into expired_partition (suffix, records, entries, keeper, controller)
  values (p_suffix, v_records, v_entries, v_keeper, v_controller);
  execute format('drop table %I, %I', 'disclosure_' || p_suffix, 'disclosure_entry_' || p_suffix);
end
$$;
