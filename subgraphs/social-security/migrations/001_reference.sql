-- Law as dated parameters, code lists and employers. Nobody is named here.
create extension if not exists btree_gist;

-- The monthly salary (compulsory) or income (voluntary) that contributions may rest on, VND.
create table salary_bound (
  scheme text not null check (scheme in ('COMPULSORY', 'VOLUNTARY')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  floor bigint not null check (floor > 0),
  cap bigint not null check (cap > floor),
  primary key (scheme, valid_from),
  constraint one_bound_at_a_time exclude using gist (scheme with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- Shares of the monthly salary, employee's and employer's together.
create table contribution_rate (
  id text primary key check (id ~ '^[A-Z]{2}-[0-9]{4}-[0-9]{2}$'),
  scheme text not null check (scheme in ('COMPULSORY', 'VOLUNTARY')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  pension numeric(5, 4) not null check (pension between 0 and 1),
  sickness_maternity numeric(5, 4) not null check (sickness_maternity between 0 and 1),
  work_accident numeric(5, 4) not null check (work_accident between 0 and 1),
  unemployment numeric(5, 4) not null check (unemployment between 0 and 1),
  unique (scheme, id),
  constraint one_rate_at_a_time exclude using gist (scheme with =, daterange(valid_from, valid_to, '[]') with &&)
);

create table benefit_type (
  code text primary key check (code ~ '^[A-Z_]+$'),
  scheme text not null,
  name_vi text not null
);

-- The amount that a coefficient of social assistance multiplies, VND a month.
create table assistance_base (
  valid_from date primary key,
  valid_to date check (valid_to >= valid_from),
  amount bigint not null check (amount > 0),
  unique (valid_from, amount),
  constraint one_base_at_a_time exclude using gist (daterange(valid_from, valid_to, '[]') with &&)
);

create table social_category (
  code text primary key check (code ~ '^[A-Z0-9_]+$'),
  name_vi text not null,
  -- Completed years of age that the category is for.
  ages int4multirange not null,
  coefficient numeric(3, 1) not null check (coefficient > 0),
  unique (code, coefficient)
);

-- A tax code of ten digits, the last of which checks the others.
create function is_tax_code(code text) returns boolean language sql immutable parallel safe return
  code ~ '^[0-9]{10}$' and right(code, 1)::int = 10 - (
    substr(code, 1, 1)::int * 31 + substr(code, 2, 1)::int * 29 + substr(code, 3, 1)::int * 23
    + substr(code, 4, 1)::int * 19 + substr(code, 5, 1)::int * 17 + substr(code, 6, 1)::int * 13
    + substr(code, 7, 1)::int * 7 + substr(code, 8, 1)::int * 5 + substr(code, 9, 1)::int * 3) % 11;

create table employer (
  id uuid primary key,
  unit_code text not null unique check (unit_code ~ '^[A-Z]{2}[0-9]{4,6}[A-Z]$'),
  tax_code text not null unique constraint tax_code_checks check (is_tax_code(tax_code)),
  name text not null check (name <> ''),
  province_code text not null check (province_code ~ '^[0-9]{2}$')
);
