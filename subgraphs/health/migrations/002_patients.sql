-- What the health database holds of people: identity as it has it (not exposed), records, cards, vaccinations.

-- Identity as health really holds it; it may disagree with the population database. Only the number and the places
-- are readable by the application.
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
  -- Ten digits for life; every card of the person carries them.
  insurance_no text unique check (length(insurance_no) = 10 and insurance_no ~ '^[0-9]+$'),
  -- Who handles them: the province of the primary facility, or of residence for those without a card.
  province_code text not null check (province_code ~ '^[0-9]{2}$'),
  constraint death_after_birth check (died_on >= make_date(substr(born_on, 1, 4)::int, 1, 1)),
  unique (personal_id, insurance_no)
);

-- Lists of ICD-10 codes as text, for the checks on them.
create domain icd_codes as text[] not null check (
  value = '{}' or value::text ~ '^[{]([A-Z][0-9]{2}([.][0-9]{1,2})?(,[A-Z][0-9]{2}([.][0-9]{1,2})?)*)?[}]$');

create table health_record (
  personal_id text primary key references person,
  chronic_conditions icd_codes,
  blood_type text check (blood_type ~ '^(A|B|AB|O)_(POS|NEG)$'),
  disability_form text
    check (disability_form in ('MOTOR', 'HEARING_SPEECH', 'VISION', 'MENTAL', 'INTELLECTUAL', 'OTHER')),
  disability_degree text check (disability_degree in ('SPECIAL', 'SEVERE', 'MILD')),
  family_history text,
  hiv_status text check (hiv_status in ('NEGATIVE', 'POSITIVE')),
  mental_health icd_codes,
  constraint disability_has_form_and_degree check ((disability_form is null) = (disability_degree is null))
);

create table allergy (
  id uuid primary key,
  personal_id text not null references health_record,
  substance text not null check (substance <> ''),
  reaction text not null check (reaction <> ''),
  severity text not null check (severity in ('MILD', 'MODERATE', 'SEVERE')),
  noted_on date not null,
  unique (personal_id, substance)
);

create table insurance_card (
  id uuid primary key,
  personal_id text not null,
  -- Old form: group, level, province, ten digits. New form (2021): the ten digits alone.
  card_no text not null constraint card_number_form check (card_no ~ '^([A-Z]{2}[1-5][0-9]{2})?[0-9]{10}$'),
  object_code text not null references insurance_object,
  benefit_level smallint not null constraint benefit_level_1_to_5 check (benefit_level between 1 and 5),
  valid_from date not null,
  valid_to date constraint card_ends_after_start check (valid_to >= valid_from),
  -- May lie before: five years without a break count over several cards.
  five_year_date date,
  facility_code text not null references facility,
  -- The old form says its group and level.
  constraint old_number_says_group_and_level check (length(card_no) = 10 or left(card_no, 3) = object_code || benefit_level::text),
  insurance_no text not null generated always as (right(card_no, 10)) stored,
  constraint a_number_is_one_persons foreign key (personal_id, insurance_no) references person (personal_id, insurance_no),
  -- As a number: text costs the index several times as much.
  constraint one_card_at_a_time
    exclude using gist ((personal_id::bigint) with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index insurance_card_by_person on insurance_card (personal_id, id);

create table vaccination (
  id uuid primary key,
  personal_id text not null references person,
  vaccine text not null,
  dose smallint not null,
  given_at date not null,
  lot_no text check (length(lot_no) between 3 and 20 and lot_no ~ '^[A-Z0-9-]+$'),
  adverse_event text,
  constraint dose_of_the_schedule foreign key (vaccine, dose) references vaccine_dose,
  constraint a_dose_once unique (personal_id, vaccine, dose)
);
