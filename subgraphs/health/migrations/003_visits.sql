-- Visits with their prescriptions and test results.
create table visit (
  id uuid primary key,
  personal_id text not null references person,
  -- MA_LK of the insurance claim file.
  visit_no text not null unique check (length(visit_no) between 8 and 40 and visit_no ~ '^[0-9A-Z]+$'),
  facility_code text not null references facility,
  visit_object text not null references visit_object,
  admitted_at timestamptz not null,
  discharged_at timestamptz constraint discharged_after_admission check (discharged_at >= admitted_at),
  reason text,
  main_diagnosis text not null constraint diagnosis_of_the_list references icd10,
  secondary_diagnoses icd_codes,
  total_cost bigint not null check (total_cost >= 0),
  insurance_paid bigint not null check (insurance_paid >= 0),
  patient_paid bigint not null check (patient_paid >= 0),
  constraint costs_add_up check (total_cost = insurance_paid + patient_paid),
  constraint each_diagnosis_once check (main_diagnosis <> all (secondary_diagnoses)),
  -- Object 9: not under health insurance.
  constraint no_card_no_fund check (visit_object <> '9' or insurance_paid = 0)
);
-- Citizen.visits: a person's visits in pages, by key.
create index visit_by_person on visit (personal_id, id);

create table prescription (
  id uuid primary key,
  visit_id uuid not null references visit,
  drug text not null check (drug <> ''),
  strength text not null check (strength <> ''),
  quantity smallint not null check (quantity > 0),
  unit text not null,
  directions text not null,
  days smallint not null check (days between 1 and 90),
  unique (visit_id, drug, strength)
);

create table lab_result (
  id uuid primary key,
  visit_id uuid not null references visit,
  test text not null check (test <> ''),
  value numeric(10, 2) not null,
  unit text not null,
  reference_low numeric(10, 2) not null,
  reference_high numeric(10, 2) not null check (reference_high >= reference_low),
  unique (visit_id, test)
);
