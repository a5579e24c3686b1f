-- What social insurance holds of people.

-- Identity as social security really holds it; it may disagree with the population database. Not exposed: the
-- application may read the number alone.
create table person (
  personal_id text primary key check (length(personal_id) = 12 and personal_id ~ '^[0-9]+$'),
  full_name text not null check (btrim(full_name) <> ''),
  sex text not null check (sex in ('MALE', 'FEMALE')),
  born_on text not null check (born_on ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
  -- The first and the last day that a partial date of birth may mean.
  born_from date not null generated always as (make_date(
    substr(born_on, 1, 4)::int,
    coalesce(nullif(substr(born_on, 6, 2), '')::int, 1),
    coalesce(nullif(substr(born_on, 9, 2), '')::int, 1))) stored,
  born_until date not null generated always as (case length(born_on)
    when 4 then make_date(born_on::int, 12, 31)
    when 7 then (make_date(substr(born_on, 1, 4)::int, substr(born_on, 6, 2)::int, 1) + interval '1 month - 1 day')::date
    else make_date(substr(born_on, 1, 4)::int, substr(born_on, 6, 2)::int, substr(born_on, 9, 2)::int) end) stored,
  died_on date,
  constraint death_after_birth check (died_on >= make_date(substr(born_on, 1, 4)::int, 1, 1))
);

create table si_member (
  id uuid primary key,
  personal_id text not null unique references person,
  si_no text unique constraint si_number_form check (length(si_no) = 10 and si_no ~ '^[0-9]+$'),
  status text not null check (status in ('ACTIVE', 'RESERVED', 'PENSIONER', 'SOCIAL_PENSIONER', 'WITHDRAWN', 'DECEASED')),
  scheme text check (scheme in ('COMPULSORY', 'VOLUNTARY')),
  -- Months up to 2013, carried over from the paper book: no periods are held of them.
  book_months smallint not null check (book_months >= 0),
  total_months smallint not null constraint total_holds_the_book check (total_months >= book_months and total_months <= 600),
  -- The handling office's.
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  constraint contributors_have_a_number check (si_no is not null or status in ('SOCIAL_PENSIONER', 'DECEASED'))
);

create table participation (
  -- Pages go by key: within a member this one is in order of time. It never leaves the database.
  id text primary key,
  member_id uuid not null references si_member,
  scheme text not null,
  -- First days of months; a period goes to the end of its last month, or is going on.
  from_month date not null constraint whole_months check (extract(day from from_month) = 1),
  to_month date constraint ends_with_a_month check (extract(day from to_month) = 1 and to_month >= from_month),
  employer_id uuid references employer,
  job_title text,
  salary_base bigint not null check (salary_base > 0),
  rate_id text not null,
  arrears boolean not null,
  constraint rate_of_the_scheme foreign key (scheme, rate_id) references contribution_rate (scheme, id),
  constraint employer_pays_compulsory check ((scheme = 'COMPULSORY') = (employer_id is not null)),
  constraint key_says_member_and_month check (id = member_id::text || '/' || left(from_month::text, 7)),
  constraint one_period_at_a_time
    exclude using gist (member_id with =, daterange(from_month, to_month, '[]') with &&)
);
create index participation_by_member on participation (member_id, id);

create table benefit (
  id uuid primary key,
  member_id uuid not null references si_member,
  type text not null references benefit_type,
  decision_no text not null check (decision_no ~ '^[0-9]{1,9}/QĐ-BHXH$'),
  amount bigint not null check (amount > 0),
  starts_on date not null,
  ends_on date constraint benefit_ends_after_start check (ends_on >= starts_on),
  disability_rate numeric(3, 2) check (disability_rate between 0.05 and 1),
  payment_account text check (length(payment_account) between 9 and 19 and payment_account ~ '^[0-9]+$'),
  constraint accidents_have_a_rate check ((type like 'WORK_ACCIDENT%') = (disability_rate is not null)),
  constraint once_up_to_30_percent check (type <> 'WORK_ACCIDENT_LUMP' or disability_rate <= 0.30),
  constraint monthly_from_31_percent check (type <> 'WORK_ACCIDENT_MONTHLY' or disability_rate >= 0.31),
  constraint one_amount_at_a_time
    exclude using gist (member_id with =, type with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index benefit_by_member on benefit (member_id, id);

create table unemployment_case (
  id uuid primary key,
  member_id uuid not null references si_member,
  employer_id uuid not null references employer,
  months_entitled smallint not null constraint three_to_twelve_months check (months_entitled between 3 and 12),
  starts_on date not null,
  unique (member_id, starts_on)
);
