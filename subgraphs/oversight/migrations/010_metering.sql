-- What each organisation was given, in numbers: by purpose, field, legal basis and month. Added up from the log behind its
-- leaves, each leaf once; no subject and no time of a reading. Not counted: what Art. 19(1)(b) of Law 91/2025 delays, and what
-- the writer `verification` records, which says yes or no and gives no value.

create table metered_use (
  organisation text not null,
  organisation_kind text not null,
  purpose text not null,
  coordinate text not null,
  basis text not null,
  -- In Viet Nam, as its first day.
  month date not null check (extract(day from month) = 1),
  -- One field of one subject in one record: the log holds no more of an answer.
  disclosed bigint not null check (disclosed > 0),
  primary key (organisation, month, coordinate, purpose, basis, organisation_kind)
);
create index metered_use_field on metered_use (month, coordinate);

-- How far the log has been added up: the leaves before this one.
create table metering_progress (
  one_row boolean primary key default true check (one_row),
  leaves bigint not null default 0,
  -- Of the newest record that was counted.
  recorded_at timestamptz
);
insert into metering_progress default values;

-- Adds up at most p_most further leaves and gives how many it took. Leaves have one order without a gap and counts and
-- progress change together, so nothing is counted twice or left out, whoever calls how often; beside another call it does
-- nothing.
create function meter_disclosures(p_most integer) returns bigint
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_from bigint;
  v_until bigint;
begin
  select leaves into v_from from metering_progress for update skip locked;
  if not found then return 0; end if;
  -- An empty log has no last leaf, and least() would leave that out.
  select least(v_from + p_most, coalesce(max(leaf_index) + 1, 0)) into v_until from leaf;
  if v_until <= v_from then return 0; end if;

  insert into metered_use as known (organisation, organisation_kind, purpose, coordinate, basis, month, disclosed)
  select d.organisation, coalesce(d.organisation_kind, ''), coalesce(d.purpose, ''), coordinate, coalesce(e.basis, ''),
    date_trunc('month', d.at at time zone 'Asia/Ho_Chi_Minh')::date, count(*)
  from leaf as l
  join disclosure as d on d.id = l.record_id
  join disclosure_entry as e on e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
  cross join unnest(e.coordinates) as coordinate
  where l.leaf_index >= v_from and l.leaf_index < v_until
    and d.organisation is not null and d.service <> 'verification'
    and e.outcome in ('ALLOW', 'MASK') and e.reveal_after is null
  group by 1, 2, 3, 4, 5, 6
  on conflict on constraint metered_use_pkey do update set disclosed = known.disclosed + excluded.disclosed;

  update metering_progress set leaves = v_until, recorded_at = greatest(recorded_at,
    (select max(d.at) from leaf as l join disclosure as d on d.id = l.record_id
     where l.leaf_index >= v_from and l.leaf_index < v_until));
  return v_until - v_from;
end
$$;

alter table metered_use owner to oversight_owner;
alter table metering_progress owner to oversight_owner;
alter function meter_disclosures(integer) owner to oversight_owner;
grant select on metered_use, metering_progress to oversight_app;
revoke execute on function meter_disclosures(integer) from public;
grant execute on function meter_disclosures(integer) to oversight_sequencer;
