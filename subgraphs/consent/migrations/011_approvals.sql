-- A second person's approval of reading special data, and what the guards of this database are set to. Errors besides
-- those of 003: CN008 the second person is another, CN009 barred from declaring, CN010 too many declared,
-- CN011 too many wait.

-- Proposals of this project, the operator's to change; the checks are the furthest they go.
create table guard_settings (
  only_row          boolean  primary key default true check (only_row),
  -- How long an approval may let read.
  approval_longest  interval not null check (approval_longest between '1 minute' and '1 day'),
  -- How long a request waits for its answer.
  approval_waits    interval not null check (approval_waits between '1 minute' and '30 days'),
  -- Requests of one officer that may wait at once.
  approvals_waiting integer  not null check (approvals_waiting between 1 and 100),
  -- How long an emergency opens.
  emergency_lasts   interval not null check (emergency_lasts between '1 minute' and '1 day'),
  -- How soon an emergency is to be reviewed.
  review_within     interval not null check (review_within between '1 minute' and '30 days'),
  -- Emergencies one caller may declare within 24 hours.
  emergencies_a_day integer  not null check (emergencies_a_day between 1 and 100),
  check (review_within >= emergency_lasts)
);
insert into guard_settings values (true, '4 hours', '1 day', 10, '4 hours', '3 days', 5);
create trigger kept before delete on guard_settings for each row execute function refuse_change();
create trigger untruncated before truncate on guard_settings execute function refuse_change();

-- An emergency is a case of its own kind: it ends by itself.
alter table case_file
  add kind text not null default 'PROCEDURE' check (kind in ('PROCEDURE', 'EMERGENCY')),
  add ends_at timestamptz check (ends_at > opened_at),
  add check ((kind = 'EMERGENCY') = (ends_at is not null)),
  add check ((kind = 'EMERGENCY') = (number like 'CC-%'));

create function is_open(f case_file) returns boolean
  language sql stable
  return f.closed_at is null and f.opened_at <= now() and (f.ends_at is null or now() < f.ends_at);

-- What is asked never changes; what became of it is steps.
create table approval (
  id             uuid primary key default uuidv7(),
  case_number    text not null references case_file,
  org            text not null,
  -- The purpose it is read for.
  purpose        text not null check (purpose ~ '^[A-Z]+(_[A-Z]+)*$'),
  purpose_vi     text not null check (length(purpose_vi) between 1 and 500),
  purpose_en     text not null check (length(purpose_en) between 1 and 500),
  coordinates    text[] not null check (are_coordinates(coordinates)),
  -- Who may read: an officer by the `sub` of the token, or a unit.
  reader_kind    text not null check (reader_kind in ('STAFF', 'UNIT')),
  reader         text not null check (length(reader) between 1 and 200),
  minutes        integer not null check (minutes >= 1),
  reason         text not null check (reason in ('ORIGINAL_CHECK', 'DISPUTE', 'COMPETENT_REQUEST', 'ERROR_CORRECTION')),
  -- Number of the document it rests on; no personal number.
  reference      text check (reference ~ '^[A-Za-z0-9][A-Za-z0-9./-]{0,63}$' and reference !~ '\d{9}'),
  requested_by   text not null check (length(requested_by) between 1 and 200),
  requested_unit text,
  requested_at   timestamptz not null default clock_timestamp(),
  answer_by      timestamptz not null,
  -- The text that the second person answers to.
  notice_hash    text not null references consent_notice
);
create index approval_case on approval (case_number);
create index approval_org on approval (org, id);
create index approval_requester on approval (requested_by, id);

-- Whose data it is about, so that they see it.
create table approval_subject (
  id          bigint generated always as identity primary key,
  approval_id uuid not null references approval,
  person      personal_id not null
);
create index approval_subject_person on approval_subject (person);

create table approval_step (
  approval_id uuid not null references approval,
  state       text not null check (state in ('GIVEN', 'REFUSED', 'WITHDRAWN')),
  org         text not null,
  staff       text not null check (length(staff) between 1 and 200),
  authn_level smallint not null check (authn_level between 2 and 4),
  notice_hash text,
  at          timestamptz not null default clock_timestamp(),
  ends_at     timestamptz,
  -- Each step once.
  primary key (approval_id, state),
  check ((state = 'GIVEN') = (ends_at is not null)),
  check ((state = 'GIVEN') = (notice_hash is not null)),
  -- Who opens special data signs in as strongly as who reads it.
  check (state <> 'GIVEN' or authn_level = 4)
);

-- REQUESTED -> GIVEN -> WITHDRAWN | EXPIRED, REQUESTED -> REFUSED | WITHDRAWN | EXPIRED; at this moment.
create function approval_state(a approval) returns text
  language sql stable
  return (
    select case
        when bool_or(s.state = 'WITHDRAWN') then 'WITHDRAWN'
        when bool_or(s.state = 'REFUSED') then 'REFUSED'
        when now() >= coalesce(max(s.ends_at), a.answer_by)
          or not (select is_open(f) from case_file f where f.number = a.case_number) then 'EXPIRED'
        when bool_or(s.state = 'GIVEN') then 'GIVEN'
        else 'REQUESTED'
      end
      from approval_step s where s.approval_id = a.id);

create function check_approval() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  set_to guard_settings;
  opened case_file;
begin
  select * into strict set_to from guard_settings;
  perform pg_advisory_xact_lock(hashtextextended('approval:' || new.requested_by, 0));
  new.requested_at := clock_timestamp();
  new.answer_by := new.requested_at + set_to.approval_waits;
  -- Held against whoever closes it at this moment. A foreign, closed or unknown case look alike.
  select * into opened from case_file f where f.number = new.case_number for share;
  if opened.org is distinct from new.org or opened.kind <> 'PROCEDURE' or not is_open(opened) or not exists (
    select from case_handler h where h.case_number = new.case_number
       and (h.kind = 'STAFF' and h.ref = new.requested_by or h.kind = 'UNIT' and h.ref = new.requested_unit)) then
    raise exception 'no case of this officer' using errcode = 'CN003';
  end if;
  if not new.coordinates <@ opened.coordinates
    or new.minutes * interval '1 minute' > set_to.approval_longest
    or not (new.reader_kind = 'STAFF' and new.reader = new.requested_by or exists (
      select from case_handler h where h.case_number = new.case_number and h.kind = new.reader_kind and h.ref = new.reader)) then
    raise exception 'beyond what the case or the settings allow' using errcode = 'CN005';
  end if;
  if (select count(*) from approval a where a.requested_by = new.requested_by and a.answer_by > now()
         and approval_state(a) = 'REQUESTED') >= set_to.approvals_waiting then
    raise exception 'too many requests wait' using errcode = 'CN011';
  end if;
  return new;
end $$;
create trigger checked before insert on approval for each row execute function check_approval();

create function name_subjects() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into approval_subject (approval_id, person)
  select new.id, s.person from case_subject s where s.case_number = new.case_number order by s.person;
  return null;
end $$;
create trigger subjects after insert on approval for each row execute function name_subjects();

create function check_approval_step() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked approval;
  former text;
begin
  select * into strict asked from approval a where a.id = new.approval_id for update;
  perform from case_file f where f.number = asked.case_number for share;
  former := approval_state(asked);
  if new.org <> asked.org then
    raise exception 'of another organisation' using errcode = 'CN003';
  end if;
  if not (former = 'REQUESTED' or former = 'GIVEN' and new.state = 'WITHDRAWN') then
    raise exception 'no such step' using errcode = 'CN001';
  end if;
  -- Two people: who answers neither asked nor will read.
  if new.state in ('GIVEN', 'REFUSED') and (new.staff = asked.requested_by or asked.reader_kind = 'STAFF' and new.staff = asked.reader) then
    raise exception 'the second person is another' using errcode = 'CN008';
  end if;
  if new.state = 'GIVEN' and new.notice_hash is distinct from asked.notice_hash then
    raise exception 'another text was shown' using errcode = 'CN004';
  end if;
  new.at := clock_timestamp();
  new.ends_at := case when new.state = 'GIVEN' then new.at + asked.minutes * interval '1 minute' end;
  return new;
end $$;
create trigger checked before insert on approval_step for each row execute function check_approval_step();

create trigger unchanging before update or delete on approval for each row execute function refuse_change();
create trigger unchanging before update or delete on approval_subject for each row execute function refuse_change();
create trigger unchanging before update or delete on approval_step for each row execute function refuse_change();
create trigger untruncated before truncate on approval execute function refuse_change();
create trigger untruncated before truncate on approval_subject execute function refuse_change();
create trigger untruncated before truncate on approval_step execute function refuse_change();
