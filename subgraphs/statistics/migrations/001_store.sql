-- The statistics store: cells only. No row here speaks of a person, and no number of a person ever enters it.
-- statistics_linkage counts and publishes; the application reads what is published and nothing else.

-- 'VN', provinces by two digits, communes by five.
create table unit (
  code text primary key check (code ~ '^(VN|[0-9]{2}|[0-9]{5})$'),
  parent text references unit (code) deferrable initially deferred,
  constraint only_the_nation_has_no_parent check ((code = 'VN') = (parent is null))
);
create index unit_parent on unit (parent);
create view province as select code from unit where length(code) = 2 and code <> 'VN';
create view commune as select code from unit where length(code) = 5;

-- Units before 2025-07-01 and what they became: WHOLE when all of the former lies in the unit of today, PART otherwise.
create table former_unit (
  former_code text not null check (former_code ~ '^([0-9]{2}|[0-9]{5})$'),
  code text not null references unit (code) deferrable initially deferred,
  overlap text not null check (overlap in ('WHOLE', 'PART')),
  primary key (former_code, code)
);
create view former_commune as select distinct former_code as code from former_unit where length(former_code) = 5;
create view former_province as select distinct former_code as code from former_unit where length(former_code) = 2;

-- The fixed grid: the categories a figure is broken down by. A figure without categories has none here.
create table category (
  figure text not null,
  code text not null check (code <> ''),
  position integer not null,
  name_vi text not null,
  name_en text not null,
  primary key (figure, code)
);

create domain statistics_month as text check (value ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

-- What was counted, a row a cell: people, households, parcels or visits that contribute, their sum, the largest of them.
-- `released_*` is what the published figures rest on: within a month it follows a count only once that has moved by the
-- threshold, so that no two releases differ by one person.
create table counted (
  figure text not null,
  month statistics_month not null,
  category text not null,
  -- A commune, or a province for what is placed in no commune.
  unit text not null references unit (code) deferrable initially deferred,
  contributors bigint not null check (contributors >= 0),
  value bigint not null check (value >= 0),
  largest bigint not null check (largest between 0 and value),
  released_contributors bigint,
  released_value bigint,
  released_largest bigint,
  primary key (figure, month, category, unit)
);

-- Counts on their way into `counted`, within the transaction of one refresh.
create table incoming (
  figure text not null,
  month statistics_month not null,
  category text not null,
  unit text not null,
  contributors bigint not null,
  value bigint not null,
  largest bigint not null
);

-- When a figure was counted and over how much of its sources; final once its month was over.
create table release (
  figure text not null,
  month statistics_month not null,
  as_of timestamptz not null,
  coverage numeric(4, 1) not null check (coverage between 0 and 100),
  is_final boolean not null,
  primary key (figure, month)
);

-- Communes recounted alone, after the last count of everything.
create table unit_refresh (
  unit text primary key references unit (code) deferrable initially deferred,
  as_of timestamptz not null
);

-- What leaves: controlled cells. A cell that is not here is suppressed, whether it is small, empty or complementary.
create table published (
  unit text not null,
  month statistics_month not null,
  figure text not null,
  category text not null,
  value bigint not null check (value > 0),
  -- How many rounded cells it is the sum of.
  cells integer not null check (cells > 0),
  primary key (unit, month, figure, category)
);
create index published_by_figure on published (figure, month);

-- Rounding is random but the same each time: under a key that never leaves the store and its job.
create table rounding_secret (
  only_one boolean primary key default true check (only_one),
  secret bytea not null check (octet_length(secret) = 32)
);
insert into rounding_secret (secret) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

grant select on province, commune, former_commune, former_province, unit, former_unit, category, release, unit_refresh,
  published to statistics_app;
grant select on rounding_secret to statistics_linkage;
grant select, insert, update, delete on unit, former_unit, category, counted, incoming, release, unit_refresh, published
  to statistics_linkage;
