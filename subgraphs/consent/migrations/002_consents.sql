-- A consent is a head that never changes its identity and a chain of versions that never change at all.

-- Coordinates stand letter by letter, `Type.field`: a field that comes later is not in an old list.
create function are_coordinates(list text[]) returns boolean
  language sql immutable strict
  return cardinality(list) between 1 and 200
     and (select bool_and(item ~ '^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$' and item is not null) and count(distinct item) = cardinality(list)
            from unnest(list) item);

-- The text that was shown, under the hash of both languages: what a confirmation is bound to.
create table consent_notice (
  hash text primary key check (hash = encode(sha256(convert_to(vi || e'\n\n' || en, 'UTF8')), 'hex')),
  vi   text not null check (length(vi) between 50 and 100000),
  en   text not null check (length(en) between 50 and 100000)
);

create table consent (
  id           uuid primary key default uuidv7(),
  -- Any number may be asked about: an unknown person and a silent one look alike.
  subject      personal_id not null,
  grantee_org  text not null check (grantee_org ~ '^[A-Z0-9][A-Z0-9-]{1,39}$'),
  grantee_app  text check (length(grantee_app) between 1 and 100),
  grantee_vi   text not null check (length(grantee_vi) between 1 and 300),
  grantee_en   text not null check (length(grantee_en) between 1 and 300),
  -- Exactly one purpose (Law 91/2025 Art. 9): the form admits no list.
  purpose      text not null check (purpose ~ '^[A-Z]+(_[A-Z]+)*$'),
  purpose_vi   text not null check (length(purpose_vi) between 1 and 500),
  purpose_en   text not null check (length(purpose_en) between 1 and 500),
  -- The grantee's own name for the request.
  reference    text check (length(reference) between 1 and 64),
  replaces     uuid references consent,
  requested_at timestamptz not null default now(),
  -- Silence after this day is no consent.
  answer_by    timestamptz not null default now() + interval '30 days',
  -- Kept by the triggers of the chain; null only inside the transaction that makes the request.
  version      integer not null default 0,
  state        text,
  -- When it ends by itself; null once it has ended.
  ends_at      timestamptz,
  reads_used   integer not null default 0 check (reads_used >= 0),
  check (answer_by > requested_at)
);
create index consent_asked on consent (subject, grantee_org, purpose);
create index consent_grantee on consent (grantee_org, requested_at);
create unique index consent_open_request on consent (subject, grantee_org, purpose) where state = 'REQUESTED';
create index consent_due on consent (ends_at) where ends_at is not null;

create table consent_version (
  id             bigint generated always as identity unique,
  consent_id     uuid not null references consent,
  version        integer not null check (version >= 1),
  state          text not null check (state in ('REQUESTED', 'GRANTED', 'REFUSED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')),
  at             timestamptz not null,
  actor          text not null check (actor in ('GRANTEE', 'SUBJECT', 'REPRESENTATIVE', 'SYSTEM')),
  actor_person   personal_id,
  actor_app      text,

  coordinates    text[] not null check (are_coordinates(coordinates)),
  -- Asked for and left out by whoever confirmed.
  excluded       text[] not null default '{}',
  -- Those that hold or give away a category of Decree 356/2025 Art. 4(1).
  sensitive      text[] not null default '{}',
  -- Agencies that hold the data.
  controllers    text[] not null check (cardinality(controllers) >= 1),
  mode           text not null check (mode in ('VIEW', 'VERIFY')),
  data_from      date,
  data_to        date,
  not_before     timestamptz not null,
  not_after      timestamptz not null,
  max_reads      integer check (max_reads between 1 and 1000000),
  -- How long the grantee may keep what it read.
  retention_days integer not null check (retention_days between 0 and 3650),
  -- The composed schema the coordinates were taken from.
  schema_hash    text not null,
  consequence_vi text not null check (length(consequence_vi) between 10 and 500),
  consequence_en text not null check (length(consequence_en) between 10 and 500),
  notice_hash    text not null references consent_notice,
  -- The notice held the sentence of Decree 356/2025 Art. 6(4).
  sensitive_notice boolean not null,

  written        boolean not null default false,
  co_consent     boolean not null default false,
  -- It rests on a representative and ends when the subject can decide alone.
  on_behalf      boolean not null default false,
  -- Why the system itself ended it.
  reason         text check (reason in ('VALIDITY_OVER', 'UNANSWERED', 'SUBJECT_DECEASED', 'SUBJECT_CAPABLE', 'REPLACED', 'RESTORED')),
  -- Decree 356/2025 Art. 5, in days of the calendar of Viet Nam.
  acknowledge_by date,
  done_by        date,
  done_by_processor date,

  prev_hash      bytea,
  hash           bytea not null,
  primary key (consent_id, version),

  check ((version = 1) = (state = 'REQUESTED')),
  check ((version = 1) = (prev_hash is null)),
  check (not coordinates && excluded),
  check (sensitive <@ coordinates),
  -- No sensitive scope without its notice, asked for or granted.
  check (cardinality(sensitive) = 0 or sensitive_notice),
  check (data_from is null or data_to is null or data_from <= data_to),
  check (not_before < not_after and not_after <= not_before + interval '5 years'),
  check ((actor in ('SUBJECT', 'REPRESENTATIVE')) = (actor_person is not null)),
  check ((actor = 'GRANTEE') = (state = 'REQUESTED')),
  -- What only the system does has a reason, and consent_app can't write one.
  check ((actor = 'SYSTEM') = (reason is not null)),
  check (state not in ('EXPIRED', 'SUPERSEDED') or actor = 'SYSTEM'),
  check (state not in ('GRANTED', 'REFUSED', 'RESTRICTED') or actor in ('SUBJECT', 'REPRESENTATIVE')),
  check (reason is distinct from 'RESTORED' or state = 'REVOKED'),
  check ((state in ('RESTRICTED', 'REVOKED')) = (acknowledge_by is not null))
);

-- One person's own confirmation, bound to the text shown. A grant rests on one, or on two for a child of 7 or over.
create table consent_confirmation (
  consent_id    uuid not null references consent,
  person        personal_id not null,
  role          text not null check (role in ('SUBJECT', 'REPRESENTATIVE')),
  -- Named one by one: nothing is ticked beforehand.
  coordinates   text[] not null check (are_coordinates(coordinates)),
  notice_hash   text not null references consent_notice,
  method        text not null check (method in ('WRITTEN', 'CALL', 'SMS', 'APP', 'OTHER')),
  evidence_ref  text check (length(evidence_ref) between 1 and 200),
  app           text,
  -- Decree 69/2024: account 2; authentication 2 for basic data, 3 for sensitive (the levels are a proposal).
  account_level smallint not null check (account_level = 2),
  authn_level   smallint not null check (authn_level between 2 and 4),
  locale        text not null check (locale in ('vi', 'en')),
  at            timestamptz not null default clock_timestamp(),
  primary key (consent_id, person),
  check (method = 'APP' or evidence_ref is not null)
);

-- Reads taken of a bounded consent, one a trace.
create table consent_read (
  consent_id uuid not null references consent,
  trace_id   text not null check (length(trace_id) between 1 and 100),
  at         timestamptz not null default clock_timestamp(),
  primary key (consent_id, trace_id)
);
