-- Quality of the measured databases: scores, and the counts they come from under the same control as figures. No row here
-- speaks of a person. statistics_linkage measures; the application reads what is published.

create table quality_measure (
  database text not null,
  indicator text not null,
  method text not null,
  type text,
  field text,
  part text not null,
  -- What was run.
  query text not null,
  -- Counts of people are told from this number on, as multiples of it; 1 where nobody is counted.
  base int not null check (base in (1, 5, 10)),
  -- What is measured that is no count: days, milliseconds, organisations; and what it should be.
  observed numeric check (observed >= 0),
  target numeric check (target > 0),
  -- As counted, and what the published counts rest on: within a month that follows a count only once it has moved by the base.
  counted_checked bigint check (counted_checked >= 0),
  counted_failed bigint check (counted_failed between 0 and counted_checked),
  released_checked bigint,
  released_failed bigint,
  -- Published: rounded; null where there are fewer than the base.
  checked bigint,
  failed bigint,
  score numeric(5, 2) check (score between 0 and 100),
  -- When it was last measured, and when that was last tried; the failure is a code of the last try.
  as_of timestamptz,
  attempted_at timestamptz not null,
  failure text,
  unique nulls not distinct (database, indicator, method, type, field, part)
);

-- Whether a database answered when it was called, and how fast.
create table quality_probe (
  database text not null,
  at timestamptz not null,
  answered boolean not null,
  milliseconds numeric not null check (milliseconds >= 0),
  primary key (database, at)
);

grant select (database, indicator, method, type, field, part, query, base, observed, target, checked, failed, score, as_of,
  attempted_at, failure) on quality_measure to statistics_app;
grant select, insert, update, delete on quality_measure, quality_probe to statistics_linkage;
