-- The disclosure log: what was asked, of whom, by whom, why and with which verdict. Never a value.
-- Everything belongs to oversight_owner, who can't log in; nobody has INSERT, UPDATE or DELETE but as 002 grants.

do $$
begin
  create role oversight_owner nologin;
exception when duplicate_object or unique_violation then
  null;
end
$$;
revoke all on schema public from public;
grant usage on schema public to oversight_app, oversight_writer, oversight_sequencer, oversight_keeper, oversight_controller;
grant usage, create on schema public to oversight_owner;
-- What the superuser makes here without an owner of its own stays out of everybody's reach.
alter default privileges revoke execute on functions from public;

-- How long a record is kept, by the highest handling level it speaks of. The figures are a proposal of this project.
-- The code is the first byte of every record id, so a partition is one class and one month; one year where records are
-- kept for five and more, as a timeline looks into every partition of its classes.
create table retention_class (
  code smallint primary key check (code between 1 and 9),
  name text not null unique check (name ~ '^[a-z][a-z0-9]*$'),
  levels text[] not null,
  keep interval not null,
  grain text not null check (grain in ('month', 'year'))
);
insert into retention_class (code, name, levels, keep, grain) values
  (1, 'd90', '{L0}', '90 days', 'month'),
  (2, 'y1', '{L1}', '1 year', 'month'),
  (3, 'y5', '{L2}', '5 years', 'year'),
  (4, 'y10', '{L3}', '10 years', 'year'),
  (5, 'y20', '{L4,L5}', '20 years', 'year');

-- The partitions of both tables below, also those that have expired.
create table log_partition (
  class smallint not null references retention_class,
  first_day date not null,
  end_day date not null check (end_day > first_day),
  suffix text not null unique,
  primary key (class, first_day)
);

-- One row a process start: who signs, with which key.
create table writer (
  id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z][a-z-]*/[0-9a-f-]{36}$'),
  key_id text not null check (key_id <> ''),
  public_key bytea not null,
  registered_at timestamptz not null default now()
);

-- One row a record. The id is a UUIDv8 (RFC 9562): retention class, millisecond, random bits, and a zero ordinal.
create table disclosure (
  id uuid primary key,
  writer_id integer not null,
  counter bigint not null check (counter > 0),
  at timestamptz not null,
  trace_id text not null,
  request_id text not null,
  service text not null,
  caller_kind text not null check (caller_kind in ('CITIZEN', 'OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER', 'NOBODY')),
  organisation text,
  organisation_kind text,
  unit text,
  roles text[] not null,
  app text,
  actor_code text,
  staff_code text,
  account_level smallint not null check (account_level between 0 and 2),
  authn_level smallint not null check (authn_level between 0 and 4),
  purpose text,
  case_number text,
  operation text,
  bundle_hash text not null,
  schema_hash text not null,
  body bytea not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  key_id text not null,
  check (id::text like '%0000'),
  -- The id says the time: 48 bits of milliseconds around the version digit.
  check (extract(epoch from at at time zone 'UTC') * 1000
    = ('x' || substr(id::text, 3, 6) || substr(id::text, 10, 4) || substr(id::text, 16, 2))::bit(48)::bigint)
) partition by range (id);

-- One verdict of a record on one subject. Its id is the record's with the ordinal in the last two bytes; the hash of its
-- body stands in the record's. `facts`: what was known of the row for which fields.
create table disclosure_entry (
  id uuid primary key,
  record_id uuid not null,
  at timestamptz not null,
  subject text check (subject ~ '^[A-Za-z0-9_-]{43}$'),
  coordinates text[] not null,
  outcome text not null check (outcome in ('ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY', 'DENY')),
  code text,
  level text not null check (level in ('L0', 'L1', 'L2', 'L3', 'L4', 'L5')),
  rule text not null,
  basis text,
  citation text not null,
  consent_id text,
  consent_version integer,
  case_number text,
  reveal_after timestamptz,
  protective boolean not null,
  facts jsonb not null,
  body bytea not null,
  -- No entry in a class that is kept for a shorter time than its level wants.
  check (get_byte(uuid_send(id), 0) >= case level when 'L0' then 1 when 'L1' then 2 when 'L2' then 3 when 'L3' then 4 else 5 end),
  -- Fail closed: what Art. 19(1)(b) of Law 91/2025 delays can't be stored without its date.
  check (basis is distinct from '19.1.b' or reveal_after is not null)
) partition by range (id);

-- A subject's timeline walks the first index, which holds nothing that is still delayed: neither count nor time of a
-- page tells of it. What has a date of reveal is found by that date alone.
create index disclosure_entry_subject_at on disclosure_entry (subject, protective, id desc)
  where subject is not null and reveal_after is null;
create index disclosure_entry_reveal on disclosure_entry (subject, reveal_after)
  where subject is not null and reveal_after is not null;
create index disclosure_organisation on disclosure (organisation, id desc);

-- Outlives the partitions: which record a writer's counter stands for, its hash, what the writer signed before, and its signature over all three
-- (subgraphs/kit/log/signature.ts says over what). The sequencer reads from here.
create table commitment (
  writer_id integer not null,
  counter bigint not null check (counter > 0),
  record_id uuid not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  previous bytea check (octet_length(previous) = 32),
  signature bytea not null check (octet_length(signature) = 64),
  primary key (writer_id, counter),
  check ((previous is null) = (counter = 1))
);

-- The order of the leaves, given after commit by one sequencer, without a gap (RFC 6962 Section 2.1: leaf hash is
-- SHA-256 of 0x00 and the entry). Outlives the partitions.
create table leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  writer_id integer not null,
  counter bigint not null,
  record_id uuid not null unique,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  unique (writer_id, counter)
);

-- Perfect subtrees of 256, 65,536, ... leaves: from these and the leaves' own hashes any proof is made of few rows.
create table tree_node (
  level smallint check (level > 0 and level % 8 = 0),
  index bigint check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

-- Signed tree heads (RFC 9162 Section 4.10 in the form of a JWS): so many leaves had this root then.
create table tree_head (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  at timestamptz not null,
  token text not null
);

-- The texts of rules with purposes, and of the schema, under the hashes that records name: what was decided can be
-- decided again by the rules of its time.
create table bundle (
  hash text primary key,
  body text not null,
  archived_at timestamptz not null default now(),
  check (hash = encode(sha256(convert_to(body, 'UTF8')), 'hex'))
);
