-- Code lists that records of the other databases refer to.

create table ethnic_group (
  code text primary key check (code ~ '^[0-9]{2}$'),
  name text not null check (name <> ''),
  name_en text not null,
  aliases text[] not null default '{}'
);

create table religion (
  code text primary key check (code ~ '^[0-9]{2}$'),
  name text not null check (name <> ''),
  name_en text not null
);

create table icd_chapter (
  code text primary key check (code ~ '^[IVX]+$'),
  name text not null check (name <> ''),
  first_code text not null unique check (first_code ~ '^[A-Z][0-9]{2}$'),
  last_code text not null unique check (last_code ~ '^[A-Z][0-9]{2}$'),
  check (last_code collate "C" >= first_code collate "C")
);

create table icd_code (
  code text collate "C" primary key check (code ~ '^[A-Z][0-9]{2}(\.[0-9]{1,2})?$'),
  name text not null check (name <> ''),
  chapter_code text not null references icd_chapter (code),
  sex_limit text check (sex_limit in ('MALE', 'FEMALE')),
  age_from integer check (age_from between 0 and 150),
  age_to integer check (age_to between 0 and 150),
  constraint ages_are_in_order check (age_to >= age_from)
);
create index icd_code_chapter_code on icd_code (chapter_code);

create table land_use_type (
  code text primary key check (code ~ '^[A-Z]{3}$'),
  parent_code text references land_use_type (code) deferrable initially deferred,
  name text not null check (name <> ''),
  name_en text not null,
  constraint defence_and_security_land_is_not_here check (code not in ('CQP', 'CAN'))
);
create index land_use_type_parent_code on land_use_type (parent_code);

create table land_use_origin (
  code text primary key,
  name text not null check (name <> ''),
  name_en text not null
);

create table benefit_type (
  code text primary key check (code ~ '^[A-Z_]+$'),
  scheme text not null check (scheme in ('COMPULSORY', 'VOLUNTARY', 'SOCIAL_PENSION', 'UNEMPLOYMENT')),
  name text not null check (name <> ''),
  name_en text not null,
  basis text not null
);

create table social_assistance_category (
  code text primary key check (code ~ '^[A-Z0-9_]+$'),
  group_no integer not null check (group_no between 1 and 8),
  name text not null check (name <> ''),
  name_en text not null,
  age_band text,
  coefficient numeric(3, 1) not null check (coefficient > 0)
);

create table vaccine (
  code text primary key,
  name text not null check (name <> '')
);

create table vaccine_dose (
  key bigint primary key check (key > 0),
  vaccine_code text not null references vaccine (code),
  dose_no integer check (dose_no >= 0),
  age text not null check (age <> ''),
  note text,
  unique nulls not distinct (vaccine_code, dose_no)
);

create table facility_grade (
  code text primary key,
  name text not null check (name <> ''),
  name_en text not null,
  basis text not null
);

create table insurance_payer_group (
  code bigint primary key,
  name text not null check (name <> ''),
  name_en text not null
);

create table insurance_benefit_level (
  code bigint primary key,
  coverage text not null check (coverage <> ''),
  coverage_en text not null,
  rate numeric(3, 2) not null check (rate > 0 and rate <= 1)
);

create table insurance_object (
  code text primary key check (code ~ '^[A-Z]{2}$'),
  name text not null check (name <> ''),
  name_en text not null,
  payer_group bigint not null references insurance_payer_group (code),
  benefit_level bigint not null references insurance_benefit_level (code),
  constraint groups_of_the_armed_forces_are_not_here check (code not in ('QN', 'CA', 'CY', 'TQ', 'TA', 'TY'))
);

grant select on ethnic_group, religion, icd_chapter, icd_code, land_use_type, land_use_origin, benefit_type,
  social_assistance_category, vaccine, vaccine_dose, facility_grade, insurance_payer_group, insurance_benefit_level,
  insurance_object to catalogue_app;
