-- Open cases of procedures: what a handling officer may read of whom, as a procedure system registered it.

create table case_file (
  number          text primary key check (number ~ '^[A-Z]{2,5}-\d{4}-\d{6}$'),
  procedure_code  text not null check (procedure_code ~ '^[A-Z0-9][A-Z0-9._-]{1,39}$'),
  procedure_vi    text not null check (length(procedure_vi) between 3 and 300),
  procedure_en    text not null check (length(procedure_en) between 3 and 300),
  -- The organisation that handles it.
  org             text not null check (org ~ '^[A-Z0-9][A-Z0-9-]{1,39}$'),
  org_vi          text not null check (length(org_vi) between 1 and 300),
  org_en          text not null check (length(org_en) between 1 and 300),
  coordinates     text[] not null check (are_coordinates(coordinates)),
  opened_at       timestamptz not null default now(),
  -- The procedure system that registered it, and may close it.
  registered_by   text not null check (registered_by ~ '^[A-Z0-9][A-Z0-9-]{1,39}$'),
  registered_in   xid8 not null default pg_current_xact_id(),
  closed_at       timestamptz,
  check (closed_at >= opened_at)
);

create table case_subject (
  id          bigint generated always as identity primary key,
  case_number text not null references case_file,
  person      personal_id not null,
  unique (case_number, person)
);
create index case_subject_person on case_subject (person);

-- An officer by the `sub` of the token, or a unit of the organisation.
create table case_handler (
  case_number text not null references case_file,
  kind        text not null check (kind in ('STAFF', 'UNIT')),
  ref         text not null check (length(ref) between 1 and 200),
  primary key (case_number, kind, ref)
);

-- A case is registered whole: nobody joins it afterwards.
create function same_registration() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from case_file f where f.number = new.case_number and f.registered_in = pg_current_xact_id()) then
    raise exception 'a case is registered whole' using errcode = 'CN001';
  end if;
  return new;
end $$;
create trigger whole before insert on case_subject for each row execute function same_registration();
create trigger whole before insert on case_handler for each row execute function same_registration();
create trigger unchanging before update or delete on case_subject for each row execute function refuse_change();
create trigger unchanging before update or delete on case_handler for each row execute function refuse_change();

create function need_people() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from case_subject s where s.case_number = new.number)
    or not exists (select from case_handler h where h.case_number = new.number) then
    raise exception 'a case has a subject and a handler' using errcode = 'CN001';
  end if;
  return null;
end $$;
create constraint trigger peopled after insert on case_file deferrable initially deferred for each row execute function need_people();

-- A case closes once and never opens again.
create function close_once() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.closed_at is not null or new.closed_at is null
    or to_jsonb(old) - 'closed_at' <> to_jsonb(new) - 'closed_at' then
    raise exception 'a case only closes, and once' using errcode = 'CN001';
  end if;
  return new;
end $$;
create trigger closing before update or delete on case_file for each row execute function close_once();
