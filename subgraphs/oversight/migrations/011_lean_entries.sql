-- Entries without a second copy of what they rest on, and handed over as one text: half of what appending them cost.

-- It stands in the entry's own text, which is read where a decision is looked at again.
alter table disclosure_entry drop column facts;

drop function append_disclosures(text, text, bytea, text[], text[], bytea[], bytea[]);
-- Appends signed records in the order of their counters and gives the writer's last counter; with no bodies it only
-- gives the counter, after any transaction of this writer still under way has ended. All columns are taken from the
-- signed body and the entries whose hashes stand in it, so that they can't differ from it. Refuses a gap (P0G01), a
-- weakly durable server (P0D01), a foreign key (P0K01), entries that are not the body's (P0B02). The tables' own checks refuse an id that lies about time or class.
create function append_disclosures(p_writer text, p_key_id text, p_public_key bytea, p_bodies text[], p_entries text,
  p_previous bytea[], p_signatures bytea[])
returns bigint language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_writer writer;
  v_last bigint;
  v_json jsonb[];
  -- One a line: canonical JSON has no line break of its own, and quoting each for a list takes longer than reading it.
  v_texts text[] := string_to_array(p_entries, E'\n');
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
      from unnest(v_texts) with ordinality as given (entry, position)) then
    raise exception 'the entries are not those of the bodies' using errcode = 'P0B02';
  end if;
  v_entries := array(select entry::jsonb from unnest(v_texts) with ordinality as given (entry, position) order by position);

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
    consent_id, consent_version, case_number, reveal_after, protective, body)
  select (left(b ->> 'id', 32) || lpad(to_hex(position), 4, '0'))::uuid, (b ->> 'id')::uuid, (b ->> 'at')::timestamptz,
    e ->> 'subject', array(select jsonb_array_elements_text(e -> 'coordinates')), e ->> 'outcome', e ->> 'code',
    e ->> 'level', e ->> 'rule', e ->> 'basis', e ->> 'citation', e ->> 'consentId', (e ->> 'consentVersion')::integer,
    e ->> 'case', (e ->> 'revealAfter')::timestamptz, (e ->> 'protective')::boolean, convert_to(body, 'UTF8')
  from (select b, listed.position, row_number() over (order by number, listed.position) as place
    from unnest(v_json) with ordinality as given (b, number),
      jsonb_array_elements(b -> 'entries') with ordinality as listed (hash, position)) as place
  join unnest(v_texts, v_entries) with ordinality as entry (body, e, place) using (place);

  insert into commitment (writer_id, counter, record_id, leaf_hash, previous, signature)
  select v_writer.id, (b ->> 'counter')::bigint, (b ->> 'id')::uuid, sha256('\x00'::bytea || convert_to(body, 'UTF8')),
    previous, signature
  from unnest(p_bodies, p_previous, p_signatures, v_json) as given (body, previous, signature, b);
  return v_last + cardinality(p_bodies);
end
$$;

alter function append_disclosures(text, text, bytea, text[], text, bytea[], bytea[]) owner to oversight_owner;
revoke execute on function append_disclosures(text, text, bytea, text[], text, bytea[], bytea[]) from public;
grant execute on function append_disclosures(text, text, bytea, text[], text, bytea[], bytea[]) to oversight_writer;
