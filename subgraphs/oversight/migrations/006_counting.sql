-- Whom organisations read, as sketches: how many different people, never who. A sketch only grows; a lease is what a
-- process may still count before it tells; an approval is a second person's.

-- Registers of a HyperLogLog sketch of everybody counted in one hour (day, month, minute). Purpose '' is all purposes
-- without a budget of their own, caller '' everybody of the organisation (else the log's staff code).
create table reading_sketch (
  organisation text not null,
  purpose text not null,
  caller text not null,
  counted text not null check (counted in ('BASIC', 'SENSITIVE', 'PERSONS')),
  grain text not null check (grain in ('minute', 'hour', 'day', 'month')),
  bucket timestamptz not null,
  registers bytea not null check (octet_length(registers) = 4096),
  primary key (organisation, purpose, caller, counted, grain, bucket)
);

-- How many subjects a process may have counted that no sketch holds yet. They count as read until it says which.
create table reading_lease (
  organisation text not null,
  purpose text not null,
  caller text not null,
  counted text not null check (counted in ('BASIC', 'SENSITIVE', 'PERSONS')),
  -- The longest grain of the sketches it is for.
  span text not null check (span in ('minute', 'hour', 'month')),
  process text not null,
  subjects integer not null check (subjects >= 0),
  renewed_at timestamptz not null,
  primary key (organisation, purpose, caller, counted, span, process)
);

-- A second person of an organisation lets it read past the first threshold of QĐ 20/2025/QĐ-TTg, for one purpose and a
-- time. Staff as the log's codes.
create table volume_approval (
  id uuid primary key default gen_random_uuid(),
  organisation text not null,
  purpose text not null,
  counted text not null check (counted in ('BASIC', 'SENSITIVE')),
  reason text not null check (length(reason) between 10 and 2000),
  ends_at timestamptz not null,
  asked_by text not null,
  asked_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  check (asked_by <> approved_by),
  check ((approved_by is null) = (approved_at is null)),
  check (ends_at > asked_at)
);
create index volume_approval_live on volume_approval (organisation, counted, ends_at);

-- Merges what a process counted since it last told, and gives it a lease. One element of p_meters is
-- {organisation, purpose, caller, counted, grains, since, raised, lease}: `grains` from the shortest to the longest,
-- `since` the beginning of the window that is held against a threshold, `raised` register * 256 + rank. Gives, in their
-- order, the sketch of the shortest bucket, those of the window, what others may have counted beside them, and the live
-- approvals. Registers only rise and a lease is added before anybody looks, so however calls interleave, no sum of
-- sketches and leases is below what was read. Meters are locked in one order: two calls never wait for each other.
create function count_subjects(p_process text, p_at timestamptz, p_meters jsonb)
returns table (meter integer, latest bytea, spans bytea[], reserved bigint, approvals jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_meter record;
  v_grain text;
  v_bucket timestamptz;
  v_since timestamptz;
  v_registers bytea;
  v_raise integer;
begin
  for v_meter in
    select (given.position - 1)::integer as position, given.body ->> 'organisation' as organisation, given.body ->> 'purpose' as purpose,
      given.body ->> 'caller' as caller, given.body ->> 'counted' as counted, (given.body ->> 'lease')::integer as lease,
      array(select jsonb_array_elements_text(given.body -> 'grains')) as grains,
      (given.body ->> 'since')::timestamptz as since,
      array(select jsonb_array_elements_text(given.body -> 'raised'))::integer[] as raised
    from jsonb_array_elements(p_meters) with ordinality as given (body, position)
    order by given.body ->> 'organisation', given.body ->> 'purpose', given.body ->> 'caller', given.body ->> 'counted', given.body -> 'grains'
  loop
    perform pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'oversight/count', v_meter.organisation, v_meter.purpose,
      v_meter.caller, v_meter.counted), 0));
    if cardinality(v_meter.raised) > 0 then
      foreach v_grain in array v_meter.grains loop
        v_bucket := date_trunc(v_grain, p_at, 'Asia/Ho_Chi_Minh');
        select s.registers into v_registers from reading_sketch as s
        where s.organisation = v_meter.organisation and s.purpose = v_meter.purpose and s.caller = v_meter.caller
          and s.counted = v_meter.counted and s.grain = v_grain and s.bucket = v_bucket;
        if not found then
          v_registers := decode(repeat('00', 4096), 'hex');
          -- What no window reaches any more.
          delete from reading_sketch as s
          where s.organisation = v_meter.organisation and s.purpose = v_meter.purpose and s.caller = v_meter.caller
            and s.counted = v_meter.counted and s.grain = v_grain
            and s.bucket < p_at - case v_grain when 'minute' then interval '1 hour' when 'hour' then interval '26 hours'
              when 'day' then interval '32 days' else interval '397 days' end;
        end if;
        foreach v_raise in array v_meter.raised loop
          if get_byte(v_registers, v_raise / 256) < v_raise % 256 then
            v_registers := set_byte(v_registers, v_raise / 256, v_raise % 256);
          end if;
        end loop;
        insert into reading_sketch values (v_meter.organisation, v_meter.purpose, v_meter.caller, v_meter.counted, v_grain, v_bucket, v_registers)
        on conflict on constraint reading_sketch_pkey do update set registers = excluded.registers;
      end loop;
    end if;

    v_grain := v_meter.grains[cardinality(v_meter.grains)];
    v_since := date_trunc(v_grain, v_meter.since, 'Asia/Ho_Chi_Minh');
    delete from reading_lease as l
    where (l.organisation, l.purpose, l.caller, l.counted, l.span)
        = (v_meter.organisation, v_meter.purpose, v_meter.caller, v_meter.counted, v_grain)
      and (l.renewed_at < v_since or (v_meter.lease = 0 and l.process = p_process));
    if v_meter.lease > 0 then
      insert into reading_lease values (v_meter.organisation, v_meter.purpose, v_meter.caller, v_meter.counted, v_grain,
        p_process, v_meter.lease, p_at)
      on conflict on constraint reading_lease_pkey do update set subjects = excluded.subjects, renewed_at = excluded.renewed_at;
    end if;

    meter := v_meter.position;
    latest := (select s.registers from reading_sketch as s
      where s.organisation = v_meter.organisation and s.purpose = v_meter.purpose and s.caller = v_meter.caller
        and s.counted = v_meter.counted and s.grain = v_meter.grains[1]
        and s.bucket = date_trunc(v_meter.grains[1], p_at, 'Asia/Ho_Chi_Minh'));
    spans := array(select s.registers from reading_sketch as s
      where s.organisation = v_meter.organisation and s.purpose = v_meter.purpose and s.caller = v_meter.caller
        and s.counted = v_meter.counted and s.grain = v_grain and s.bucket >= v_since);
    reserved := (select coalesce(sum(l.subjects), 0) from reading_lease as l
      where l.organisation = v_meter.organisation and l.purpose = v_meter.purpose and l.caller = v_meter.caller
        and l.counted = v_meter.counted and l.span = v_grain and l.process <> p_process and l.renewed_at >= v_since);
    approvals := (select coalesce(jsonb_object_agg(a.purpose, a.until), '{}') from (
      select v.purpose, max(extract(epoch from v.ends_at) * 1000)::bigint as until from volume_approval as v
      where v.organisation = v_meter.organisation and v.counted = v_meter.counted and v.approved_at is not null and v.ends_at > p_at
      group by v.purpose) as a);
    return next;
  end loop;
end
$$;

do $$
declare
  v_name text;
begin
  foreach v_name in array array['reading_sketch', 'reading_lease', 'volume_approval'] loop
    execute format('alter table %I owner to oversight_owner', v_name);
    execute format('grant select on %I to oversight_app', v_name);
  end loop;
end
$$;
alter function count_subjects(text, timestamptz, jsonb) owner to oversight_owner;
revoke execute on function count_subjects(text, timestamptz, jsonb) from public;
grant execute on function count_subjects(text, timestamptz, jsonb) to oversight_writer;
