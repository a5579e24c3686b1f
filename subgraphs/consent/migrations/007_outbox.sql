-- Every change writes its own record in its own transaction; a relay ships the records to the disclosure log afterwards,
-- so that a withdrawal never waits for the log.

create sequence consent_event_order as bigint;

create table consent_event (
  -- In the order of commit.
  id              bigint primary key,
  -- The idempotency key at the log.
  event_id        uuid not null unique default gen_random_uuid(),
  at              timestamptz not null default clock_timestamp(),
  written_in      xid8 not null default pg_current_xact_id(),
  operation       text not null check (operation ~ '^[a-z][A-Za-z]{2,39}$'),
  request_id      text not null check (length(request_id) between 1 and 200),
  -- Who acted, without the token; null: the system itself.
  principal       jsonb check (principal ->> 'token' is null),
  subjects        text[] not null check (cardinality(subjects) >= 1),
  coordinates     text[] not null check (are_coordinates(coordinates)),
  level           text not null check (level in ('L2', 'L3')),
  consent_id      uuid references consent,
  consent_version integer,
  case_number     text references case_file,
  check (num_nonnulls(consent_id, case_number) = 1),
  foreign key (consent_id, consent_version) references consent_version
);
create index consent_event_consent on consent_event (consent_id);
create index consent_event_case on consent_event (case_number);

create table consent_event_shipped (
  event bigint primary key references consent_event,
  at    timestamptz not null default clock_timestamp()
);

-- The lock is held to the end of the transaction, so numbers are given in the order of commit.
create function order_events() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('consent-event', 0));
  new.id := nextval('consent_event_order');
  return new;
end $$;
create trigger ordered before insert on consent_event for each row execute function order_events();
create trigger unchanging before update or delete on consent_event for each row execute function refuse_change();
create trigger unchanging before update or delete on consent_event_shipped for each row execute function refuse_change();

-- No change without its record.
create function need_event() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said jsonb := to_jsonb(new);
begin
  if not exists (
    select from consent_event e
     where e.written_in = pg_current_xact_id()
       and (e.consent_id = (said ->> 'consent_id')::uuid and e.consent_version >= coalesce((said ->> 'version')::integer, 1)
            or e.case_number = said ->> 'number')) then
    raise exception 'a change of % has no record', tg_table_name using errcode = 'CN001';
  end if;
  return null;
end $$;
create constraint trigger recorded after insert on consent_version deferrable initially deferred for each row execute function need_event();
create constraint trigger recorded after insert on consent_confirmation deferrable initially deferred for each row execute function need_event();
create constraint trigger recorded after insert or update on case_file deferrable initially deferred for each row execute function need_event();

-- What the system itself ends: with its record, by nobody's hand.
create function end_consent(consent uuid, next text, why text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said consent_version;
begin
  insert into consent_version (consent_id, state, actor, reason) values (consent, next, 'SYSTEM', why) returning * into said;
  insert into consent_event (operation, request_id, subjects, coordinates, level, consent_id, consent_version)
  select 'endConsent', 'system', array[c.subject::text], said.coordinates,
         case when cardinality(said.sensitive) > 0 then 'L3' else 'L2' end, c.id, said.version
    from public.consent c where c.id = said.consent_id;
end $$;

-- Ends what is over by now, at most so many at a time; gives how many ended.
create function end_due(at_most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due record;
  ended integer := 0;
begin
  for due in
    select c.id, c.state, v.not_after
      from consent c join consent_version v on v.consent_id = c.id and v.version = c.version
     where c.ends_at <= clock_timestamp()
     order by c.ends_at, c.id limit at_most for update of c skip locked
  loop
    perform end_consent(due.id, 'EXPIRED', case
      when due.state = 'REQUESTED' then 'UNANSWERED'
      when due.not_after <= clock_timestamp() then 'VALIDITY_OVER'
      else 'SUBJECT_CAPABLE' end);
    ended := ended + 1;
  end loop;
  return ended;
end $$;

-- A death ends every consent at once; what was only asked runs out unanswered, which tells the asker nothing.
create function end_with_death() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform end_consent(c.id, 'EXPIRED', 'SUBJECT_DECEASED')
    from consent c where c.subject = new.personal_id and c.state in ('GRANTED', 'RESTRICTED');
  return null;
end $$;
create trigger died after update of deceased_on on subject for each row
  when (new.deceased_on is not null and old.deceased_on is distinct from new.deceased_on) execute function end_with_death();

-- A granted replacement ends what it replaces, in the same transaction.
create function end_replaced() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform end_consent(former.id, 'SUPERSEDED', 'REPLACED')
    from consent granted join consent former on former.id = granted.replaces
   where granted.id = new.consent_id and former.state in ('GRANTED', 'RESTRICTED');
  return null;
end $$;
create trigger replaced after insert on consent_version for each row when (new.state = 'GRANTED') execute function end_replaced();

-- After a restore from backup: withdraws again what the disclosure log says was withdrawn. For the operator alone;
-- true where something had come back to life.
create function replay_withdrawal(consent uuid) returns boolean
  language plpgsql as $$
begin
  if not exists (select from public.consent c where c.id = consent and c.state in ('GRANTED', 'RESTRICTED')) then
    return false;
  end if;
  perform end_consent(consent, 'REVOKED', 'RESTORED');
  return true;
end $$;
