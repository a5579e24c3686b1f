-- The population database (Luật Căn cước 26/2023/QH15, Điều 9): one row a citizen, keyed by the personal number.

-- Lower case, one blank between words, every letter followed by its marks.
create function name_letters(name text) returns text
  language sql immutable strict parallel safe
  return normalize(lower(btrim(regexp_replace(name, '\s+', ' ', 'g')) collate pg_catalog.pg_c_utf8), NFD);

-- A name as it is compared: the tone mark of each syllable at its end, so that "Hoà" and "Hòa" are the same name.
create function name_key(name text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(name_letters(name), '([\u0300\u0301\u0303\u0309\u0323])(\S*)', '\2\1', 'g');

-- Without any diacritics: what somebody types without a Vietnamese keyboard.
create function name_folded(name text) returns text
  language sql immutable strict parallel safe
  return replace(regexp_replace(name_letters(name), '[\u0300-\u036f]', '', 'g'), 'đ', 'd');

-- YYYY, YYYY-MM or YYYY-MM-DD: of some of the old no more is known. make_date refuses days that don't exist.
create function first_day(partial text) returns date
  language sql immutable strict parallel safe
  return make_date(
    substr(partial, 1, 4)::int,
    coalesce(nullif(substr(partial, 6, 2), ''), '1')::int,
    coalesce(nullif(substr(partial, 9, 2), ''), '1')::int
  );

create domain personal_number as text check (length(value) = 12 and value ~ '^[0-9]+$');
create domain partial_date as text
  check (value ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' and first_day(value) is not null);
create domain commune_code as text check (value ~ '^[0-9]{5}$');
create domain province_code as text check (value ~ '^[0-9]{2}$');
create domain country_code as text check (value ~ '^[A-Z]{2}$');
create domain written_name as text check (value = btrim(value) and value <> '' and length(value) <= 200);

create table household (
  id text primary key check (id ~ '^HGD-[0-9]{2}-[0-9]{8}$'),
  address text not null check (address <> ''),
  province_code province_code not null,
  -- Null for people of no fixed residence.
  commune_code commune_code
);

create table citizen (
  personal_id personal_number primary key,
  full_name written_name not null,
  name_key text not null generated always as (name_key(full_name)) stored,
  name_folded text not null generated always as (name_folded(full_name)) stored,
  other_name written_name,
  date_of_birth partial_date not null,
  birth_year smallint not null generated always as (substr(date_of_birth, 1, 4)::smallint) stored,
  sex text not null check (sex in ('MALE', 'FEMALE')),
  ethnicity text not null check (ethnicity ~ '^[0-9]{2}$'),
  religion text not null check (religion ~ '^[0-9]{2}$'),
  nationality text[] not null check (cardinality(nationality) between 1 and 5 and array_position(nationality, null) is null),
  blood_type text check (blood_type in ('A_POS', 'A_NEG', 'B_POS', 'B_NEG', 'AB_POS', 'AB_NEG', 'O_POS', 'O_NEG')),
  old_id_number text unique check (length(old_id_number) = 9 and old_id_number ~ '^[0-9]+$'),
  temporary_absence text not null check (temporary_absence in ('NONE', 'DECLARED')),
  residence_file_no text not null unique,
  marital_status text not null check (marital_status in ('SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED')),
  household_id text not null references household,
  relation_to_head text not null
    check (relation_to_head in ('HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDCHILD', 'SIBLING', 'OTHER')),
  life_status text not null check (life_status in ('ALIVE', 'DECEASED', 'MISSING')),
  death_or_missing_date date,
  phone_number text check (length(phone_number) = 10 and phone_number ~ '^0[0-9]+$'),
  email text check (email ~ '^[^@\s]+@[^@\s]+$'),
  -- Current residence: what counts for jurisdiction.
  province_code province_code not null,
  commune_code commune_code,
  constraint gone_since_a_day check ((life_status = 'ALIVE') = (death_or_missing_date is null)),
  constraint gone_after_birth check (death_or_missing_date >= first_day(date_of_birth)),
  constraint head_is_there check (life_status = 'ALIVE' or relation_to_head <> 'HEAD')
);

create unique index citizen_one_head on citizen (household_id) where relation_to_head = 'HEAD';
create index citizen_by_household on citizen (household_id, personal_id);
-- Query.searchCitizens, by a name with its diacritics and without.
create index citizen_by_name on citizen (name_key, birth_year, personal_id);
create index citizen_by_folded_name on citizen (name_folded, birth_year, personal_id);

-- The living members of a household, as its other members' record shows them.
create view household_member as
  select personal_id, household_id, relation_to_head, full_name, old_id_number
  from citizen
  where life_status <> 'DECEASED';

grant select on household, citizen, household_member to population_app;
