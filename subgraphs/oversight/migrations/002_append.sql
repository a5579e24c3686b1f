-- Appending: one function for writers, one statement for the sequencer, and no way to change what was written.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the disclosure log is append-only: % on % refused', tg_op, tg_table_name using errcode = '42501';
end
$$;

-- ALWAYS: session_replication_role does not switch these off.
create procedure protect_table(p_table regclass) language plpgsql set search_path = public, pg_temp as $$
begin
  execute format('create trigger append_only before update or delete or truncate on %s execute function refuse_change()', p_table);
  execute format('alter table %s enable always trigger append_only', p_table);
end
$$;

-- The smallest id of a class from a moment on: class, 40 bits of milliseconds, version 8, 8 bits of milliseconds.
create function record_id_bound(p_class smallint, p_at timestamptz) returns uuid
language sql immutable strict parallel safe as $$
  select rpad(lpad(to_hex(p_class::integer), 2, '0') || lpad(to_hex(ms >> 8), 10, '0') || '8' || lpad(to_hex(ms & 255), 2, '0'), 32, '0')::uuid
  from (select floor(extract(epoch from p_at at time zone 'UTC') * 1000)::bigint as ms) as clock
$$;

-- Makes the partitions of a class that hold a day where they don't exist. ATTACH, unlike CREATE ... PARTITION OF, lets
-- running appends go on.
create function ensure_partition(p_class smallint, p_day date) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  v_class retention_class;
  v_first date;
  v_end date;
  v_suffix text;
  v_table text;
begin
  if exists (select from log_partition where class = p_class and first_day <= p_day and end_day > p_day) then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('oversight/partition', 0));
  if exists (select from log_partition where class = p_class and first_day <= p_day and end_day > p_day) then return; end if;
  select * into strict v_class from retention_class where code = p_class;
  v_first := date_trunc(v_class.grain, p_day::timestamp);
  v_end := v_first + ('1 ' || v_class.grain)::interval;
  v_suffix := format('%s_%s', v_class.name, to_char(v_first, case v_class.grain when 'month' then 'YYYY_MM' else 'YYYY' end));
  foreach v_table in array array['disclosure', 'disclosure_entry'] loop
    execute format('create table %I (like %I including all)', v_table || '_' || v_suffix, v_table);
    call protect_table((v_table || '_' || v_suffix)::regclass);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', v_table, v_table || '_' || v_suffix,
      record_id_bound(p_class, v_first::timestamp at time zone 'UTC'), record_id_bound(p_class, v_end::timestamp at time zone 'UTC'));
  end loop;
  insert into log_partition (class, first_day, end_day, suffix) values (p_class, v_first, v_end, v_suffix);
end
$$;

-- The sequencer's process calls this ahead of time, so that an append seldom has to.
create function prepare_partitions(p_from timestamptz, p_months integer) returns void
language sql security definer set search_path = public, pg_temp as $$
  select ensure_partition(c.code, (p_from at time zone 'UTC' + make_interval(months => m))::date)
  from retention_class as c, generate_series(0, least(p_months, 24)) as m
$$;

-- RFC 4648 Section 5, without padding.
create function base64url(p_bytes bytea) returns text language sql immutable strict parallel safe as $$
  select translate(encode(p_bytes, 'base64'), E'+/=\n', '-_')
$$;

-- Keeps a text under its hash, once.
create function archive_bundle(p_body text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into bundle (hash, body) values (encode(sha256(convert_to(p_body, 'UTF8')), 'hex'), p_body) on conflict (hash) do nothing
$$;

-- Appends signed records in the order of their counters and gives the writer's last counter; with no bodies it only
-- gives the counter, after any transaction of this writer still under way has ended. All columns are taken from the
-- signed body and the entries whose hashes stand in it, so that they can't differ from it. Refuses a gap (P0G01), a
-- weakly durable server (P0D01), a foreign key (P0K01), entries that are not the body's (P0B02). The tables' own checks refuse an id that lies about time or class.
create function append_disclosures(p_writer text, p_key_id text, p_public_key bytea, p_bodies text[], p_entries text[],
  p_previous bytea[], p_signatures bytea[])
returns bigint language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_writer writer;
  v_last bigint;
  v_json jsonb[];
  v_entries jsonb[];
  v_missing record;
begin
  if current_setting('fsync') <> 'on' or current_setting('synchronous_commit') not in ('on', 'remote_apply') then
    raise exception 'fsync and synchronous_commit must be on' using errcode = 'P0D01';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('oversight/writer/' || p_writer, 0));
  select * into v_writer from writer where name = p_writer;
  select coalesce(max(counter), 0) into v_last from commitment where writer_id = v_writer.id;
  if coalesce(cardinality(p_bodies), 0) = 0 then return v_last; end if;
  if v_writer.id is null then
    insert into writer (name, key_id, public_key) values (p_writer, p_key_id, p_public_key) returning * into v_writer;
  elsif v_writer.key_id <> p_key_id or v_writer.public_key <> p_public_key then
    raise exception 'the writer is registered with another key' using errcode = 'P0K01';
  end if;

  v_json := array(select body::jsonb from unnest(p_bodies) with ordinality as given (body, position) order by position);
  if cardinality(p_signatures) <> cardinality(p_bodies) or exists (
    select from unnest(v_json) with ordinality as given (body, position)
    where body ->> 'writer' is distinct from p_writer or (body ->> 'counter')::bigint is distinct from v_last + position
  ) then
    raise exception 'the counters do not follow %', v_last using errcode = 'P0G01';
  end if;
  if (select array_agg(hash order by number, position) from unnest(v_json) with ordinality as given (b, number),
      jsonb_array_elements_text(b -> 'entries') with ordinality as listed (hash, position))
    is distinct from (select array_agg(base64url(sha256(convert_to(entry, 'UTF8'))) order by position)
      from unnest(p_entries) with ordinality as given (entry, position)) then
    raise exception 'the entries are not those of the bodies' using errcode = 'P0B02';
  end if;
  v_entries := array(select entry::jsonb from unnest(p_entries) with ordinality as given (entry, position) order by position);

  for v_missing in
    select distinct class, day
    from unnest(v_json) as given (body), lateral (select ('x' || left(body ->> 'id', 2))::bit(8)::integer::smallint as class,
      left(body ->> 'at', 10)::date as day) as place
    where not exists (select from log_partition as p where p.class = place.class and p.first_day <= place.day and p.end_day > place.day)
  loop
    perform ensure_partition(v_missing.class, v_missing.day);
  end loop;

  insert into disclosure (id, writer_id, counter, at, trace_id, request_id, service, caller_kind, organisation, organisation_kind, unit,
    roles, app, actor_code, staff_code, account_level, authn_level, purpose, case_number, operation, bundle_hash,
    schema_hash, body, leaf_hash, key_id)
  select (b ->> 'id')::uuid, v_writer.id, (b ->> 'counter')::bigint, (b ->> 'at')::timestamptz, b ->> 'trace',
    b ->> 'request', b ->> 'service', b -> 'caller' ->> 'kind', b -> 'caller' ->> 'organisation', b -> 'caller' ->> 'organisationKind',
    b -> 'caller' ->> 'unit',
    array(select jsonb_array_elements_text(b -> 'caller' -> 'roles')), b -> 'caller' ->> 'app', b -> 'caller' ->> 'actor',
    b -> 'caller' ->> 'staff', (b -> 'caller' ->> 'accountLevel')::smallint, (b -> 'caller' ->> 'authnLevel')::smallint,
    b ->> 'purpose', b ->> 'case', b ->> 'operation', b ->> 'bundle', b ->> 'schema', convert_to(body, 'UTF8'),
    sha256('\x00'::bytea || convert_to(body, 'UTF8')), p_key_id
  from unnest(p_bodies, v_json) as given (body, b);

  insert into disclosure_entry (id, record_id, at, subject, coordinates, outcome, code, level, rule, basis, citation,
    consent_id, consent_version, case_number, reveal_after, protective, facts, body)
  select (left(b ->> 'id', 32) || lpad(to_hex(position), 4, '0'))::uuid, (b ->> 'id')::uuid, (b ->> 'at')::timestamptz,
    e ->> 'subject', array(select jsonb_array_elements_text(e -> 'coordinates')), e ->> 'outcome', e ->> 'code',
    e ->> 'level', e ->> 'rule', e ->> 'basis', e ->> 'citation', e ->> 'consentId', (e ->> 'consentVersion')::integer,
    e ->> 'case', (e ->> 'revealAfter')::timestamptz, (e ->> 'protective')::boolean, e -> 'facts', convert_to(body, 'UTF8')
  from (select b, listed.position, row_number() over (order by number, listed.position) as place
    from unnest(v_json) with ordinality as given (b, number),
      jsonb_array_elements(b -> 'entries') with ordinality as listed (hash, position)) as place
  join unnest(p_entries, v_entries) with ordinality as entry (body, e, place) using (place);

  insert into commitment (writer_id, counter, record_id, leaf_hash, previous, signature)
  select v_writer.id, (b ->> 'counter')::bigint, (b ->> 'id')::uuid, sha256('\x00'::bytea || convert_to(body, 'UTF8')),
    previous, signature
  from unnest(p_bodies, p_previous, p_signatures, v_json) as given (body, previous, signature, b);
  return v_last + cardinality(p_bodies);
end
$$;

-- Leaves follow each other without a gap and say what the commitments say, whoever inserts them.
create function check_leaves() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select leaf_index, lag(leaf_index) over (order by leaf_index) as previous from added) as step
    where leaf_index <> coalesce(previous + 1, (select coalesce(max(l.leaf_index) + 1, 0) from leaf as l
      where l.leaf_index < (select min(leaf_index) from added)))
  ) then
    raise exception 'the leaves have a gap' using errcode = 'P0G01';
  end if;
  if exists (
    select from added left join commitment as c using (writer_id, counter)
    where (c.record_id, c.leaf_hash) is distinct from (added.record_id, added.leaf_hash)
  ) then
    raise exception 'a leaf contradicts its commitment' using errcode = 'P0B01';
  end if;
  return null;
end
$$;
create trigger leaves_follow after insert on leaf referencing new table as added
  for each statement execute function check_leaves();
alter table leaf enable always trigger leaves_follow;
