-- Name and year of birth of persons as the register really holds them, from its certificates and files; they may disagree
-- with the population database. Not exposed: the application reads the number alone.
create table holder_identity (
  personal_id text primary key references person (personal_id),
  full_name text not null check (btrim(full_name) <> ''),
  birth_year smallint not null check (birth_year between 1850 and 2100)
);
