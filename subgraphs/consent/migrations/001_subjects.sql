-- Whose consent it is, and who may speak for them. Representation comes from a guardianship record alone.

create domain personal_id as text check (length(value) = 12 and value ~ '^\d+$');

-- The calendar day in Viet Nam (UTC+7): ages, periods and deadlines are counted in it.
create function day_of(instant timestamptz) returns date
  language sql stable
  return (instant at time zone 'Asia/Ho_Chi_Minh')::date;

create function today() returns date
  language sql stable
  return day_of(now());

create table subject (
  personal_id personal_id primary key,
  born_on     text     not null check (born_on ~ '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$'),
  birth_year  smallint not null check (birth_year = left(born_on, 4)::smallint),
  deceased_on date,
  -- An adult without capacity, by decision of a court.
  represented boolean  not null default false
);

-- The latest day a partial date can mean: who may still be a child counts as one.
create function latest_birth(born_on text) returns date
  language sql immutable strict
  return case length(born_on)
    when 4 then make_date(born_on::int, 12, 31)
    when 7 then ((born_on || '-01')::date + interval '1 month' - interval '1 day')::date
    else born_on::date
  end;

create function class_of(born_on text, deceased_on date, represented boolean, day date) returns text
  language sql immutable
  return case
    when deceased_on <= day then 'DECEASED'
    when day < latest_birth(born_on) + interval '7 years' then 'CHILD_UNDER_7'
    when day < latest_birth(born_on) + interval '18 years' then 'CHILD_7_17'
    when represented then 'REPRESENTED'
    else 'ADULT'
  end;

create table guardianship (
  id                 bigint generated always as identity primary key,
  ward               personal_id not null references subject,
  representative     personal_id not null references subject,
  relation           text not null check (relation in ('PARENT', 'GUARDIAN')),
  authority_document text not null check (length(btrim(authority_document)) between 3 and 200),
  valid_from         date not null,
  valid_to           date check (valid_to > valid_from),
  -- A protective measure for the ward suspends this representative's powers.
  protective         boolean not null default false,
  check (ward <> representative),
  unique (ward, representative, valid_from)
);
create index guardianship_representative on guardianship (representative);

-- The class of a known person today; null for an unknown one.
create function class_today(person text) returns text
  language sql stable
  return (select class_of(s.born_on, s.deceased_on, s.represented, today()) from subject s where s.personal_id = person);

-- True where a record lets one person speak for another today: nobody speaks for a capable adult or for the dead
-- (Law 91/2025 Art. 24), and only a capable adult speaks.
create function is_representative(person text, of_ward text) returns boolean
  language sql stable
  return exists (
    select from guardianship g
     where g.ward = of_ward and g.representative = person and not g.protective
       and g.valid_from <= today() and (g.valid_to is null or today() < g.valid_to)
  ) and class_today(of_ward) in ('CHILD_UNDER_7', 'CHILD_7_17', 'REPRESENTED')
    and class_today(person) = 'ADULT';
