-- What social protection holds of people: assistance, poverty reviews, disability certificates.

-- One row a rate: when the base or the category changes, the next row begins.
create table beneficiary (
  id uuid primary key,
  personal_id text not null references person,
  category text not null,
  coefficient numeric(3, 1) not null,
  base_from date not null,
  base_amount bigint not null,
  monthly_amount bigint not null,
  decision_no text not null check (decision_no ~ '^[0-9]{1,9}/QĐ-UBND$'),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  carer_id text references person constraint cared_for_by_another check (carer_id <> personal_id),
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  commune_code text check (commune_code ~ '^[0-9]{5}$'),
  constraint coefficient_of_the_category foreign key (category, coefficient) references social_category (code, coefficient),
  constraint base_of_the_law foreign key (base_from, base_amount) references assistance_base (valid_from, amount),
  constraint amount_is_coefficient_times_base check (monthly_amount = coefficient * base_amount),
  -- Who fits several categories gets the highest alone.
  constraint one_assistance_at_a_time
    exclude using gist ((personal_id::bigint) with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index beneficiary_by_person on beneficiary (personal_id, id);

-- A person's extract of the review of their household.
create table poverty_record (
  personal_id text primary key references person,
  household_no text not null,
  year smallint not null check (year between 2021 and 2100),
  household_status text not null check (household_status in ('NONE', 'NEAR_POOR', 'POOR')),
  score_b1 numeric(5, 1) not null check (score_b1 between 0 and 600),
  score_b2 numeric(5, 1) not null check (score_b2 between 0 and 120),
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  commune_code text check (commune_code ~ '^[0-9]{5}$')
);

create table disability_cert (
  id uuid primary key,
  personal_id text not null unique references person,
  certificate_no text not null unique check (certificate_no ~ '^KT-[0-9]{2}-[0-9]{10}$'),
  form text not null check (form in ('MOTOR', 'HEARING_SPEECH', 'VISION', 'MENTAL', 'INTELLECTUAL', 'OTHER')),
  degree text not null check (degree in ('SPECIAL', 'SEVERE', 'MILD')),
  issued_on date not null,
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  commune_code text check (commune_code ~ '^[0-9]{5}$')
);
