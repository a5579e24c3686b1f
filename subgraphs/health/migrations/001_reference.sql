-- Code lists of the health database and its facilities. Open data: nobody is named here.
create extension if not exists btree_gist;

create table icd10 (
  code text primary key check (code ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?$'),
  name_vi text not null check (name_vi <> ''),
  chapter text not null,
  -- Who can have the diagnosis; null is no limit. Ages in completed years.
  sex text check (sex in ('MALE', 'FEMALE')),
  min_age smallint check (min_age >= 0),
  max_age smallint check (max_age >= min_age),
  -- HIV, MENTAL, STI, REPRODUCTIVE: under stricter rules than other diagnoses.
  sensitivity text check (sensitivity in ('HIV', 'MENTAL', 'STI', 'REPRODUCTIVE'))
);

-- Beneficiary groups of health insurance. Armed forces, cipher service and their relatives are not loaded.
create table insurance_object (
  code text primary key check (code ~ '^[A-Z]{2}$' and code not in ('QN', 'CA', 'CY', 'TQ', 'TA', 'TY')),
  name_vi text not null,
  payer_group smallint not null check (payer_group between 1 and 5),
  usual_level smallint not null check (usual_level between 1 and 5)
);

create table visit_object (
  code text primary key check (code ~ '^[0-9]{1,2}([.][0-9]{1,2})?$'),
  name_vi text not null
);

create table vaccine (
  code text primary key check (code ~ '^[A-Z0-9-]+$'),
  name_vi text not null
);

create table vaccine_dose (
  vaccine text not null references vaccine,
  dose smallint not null check (dose between 0 and 9),
  primary key (vaccine, dose)
);

create table facility (
  code text primary key check (code ~ '^[0-9]{2}[0-9A-Z][0-9A-Z]{2}$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('COMMUNE_STATION', 'POLYCLINIC', 'HOSPITAL')),
  level text check (level in ('INITIAL', 'BASIC', 'SPECIALISED')),
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  commune_code text check (commune_code ~ '^[0-9]{5}$'),
  synthetic boolean not null
);
-- Query.facilities: a province's facilities in pages, by code.
create index facility_by_province on facility (province_code, code);
