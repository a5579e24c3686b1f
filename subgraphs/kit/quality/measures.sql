-- How good this database's data is, measured where it lies. The same text in every measured database: each has a link to
-- it among its migrations. What leaves are counts.

-- What is measured, with the query that does it. $1 is the day, $2 the catalogue's code lists. LAST_EVENT gives a day, every
-- other one how many were checked and how many of them failed.
create table quality_rule (
  indicator text not null check (indicator in ('CORRECT', 'COMPLETE', 'CLEAN', 'LIVE', 'CONSISTENT')),
  method text not null check (method in
    ('NUMBER_AND_BIRTH_YEAR', 'NUMBER_AND_SEX', 'FILLED', 'VALID', 'UNIQUE', 'LAST_EVENT', 'KNOWN_CODE')),
  type text not null,
  field text not null,
  -- Tells apart what one field is measured by twice.
  part text not null default '',
  -- Counts of people are told from this number on, as multiples of it: 5, or 10 for attributes of L3; 1 where nobody is
  -- counted.
  base int not null check (base in (1, 5, 10)),
  -- Days that the last event may be old.
  target_days int,
  query text not null,
  primary key (type, field, method, part),
  constraint an_event_has_a_target check ((method = 'LAST_EVENT') = (target_days is not null))
);

-- A value is there. `missing` is a condition on the rows of `source`.
create procedure measure_filled(type text, field text, source text, missing text, base int)
language sql as $$
  insert into quality_rule (indicator, method, type, field, base, query)
  values ('COMPLETE', 'FILLED', type, field, base,
    format('select count(*), count(*) filter (where %s) from %s', missing, source))
$$;

-- A code is in the catalogue's list.
create procedure measure_code(type text, field text, source text, code text, list text, base int)
language sql as $$
  insert into quality_rule (indicator, method, type, field, part, base, query)
  values ('CONSISTENT', 'KNOWN_CODE', type, field, list, base,
    format('select count(*), count(*) - count(known.code) from (select %s as code from %s) held left join '
      'jsonb_array_elements_text($2 -> %L) known(code) using (code) where held.code is not null', code, source, list))
$$;

-- No row is among those that a rule between rows names: a view of the rows that break it.
create procedure measure_rule(type text, field text, source text, rule text, base int)
language sql as $$
  insert into quality_rule (indicator, method, type, field, part, base, query)
  values ('CLEAN', 'VALID', type, field, rule, base,
    format('select (select count(*) from %s), (select count(*) from %I)', source, rule))
$$;

-- No two rows are the same in these columns. Of each group of likes all but one fail.
create procedure measure_unique(type text, field text, source text, columns text, base int)
language sql as $$
  insert into quality_rule (indicator, method, type, field, base, query)
  values ('CLEAN', 'UNIQUE', type, field, base,
    format('select coalesce(sum(n), 0), coalesce(sum(n - 1), 0) from (select count(*) as n from %s group by %s) likes', source, columns))
$$;

-- The last event is not too long ago. `moment` is a date.
create procedure measure_last(type text, field text, source text, moment text, target_days int)
language sql as $$
  insert into quality_rule (indicator, method, type, field, base, target_days, query)
  values ('LIVE', 'LAST_EVENT', type, field, 1, target_days,
    format('select max(%1$s) from %2$s where %1$s <= $1', moment, source))
$$;

-- The year of birth and the sex that a personal number was given with: its fourth digit says century and sex, the next two
-- the year.
create function number_birth_year(id text) returns int language sql immutable strict parallel safe
return (19 + substr(id, 4, 1)::int / 2) * 100 + substr(id, 5, 2)::int;
create function number_sex(id text) returns text language sql immutable strict parallel safe
return case substr(id, 4, 1)::int % 2 when 0 then 'MALE' else 'FEMALE' end;

create procedure measure_number_and_birth_year(source text, birth_year text)
language sql as $$
  insert into quality_rule (indicator, method, type, field, base, query)
  values ('CORRECT', 'NUMBER_AND_BIRTH_YEAR', 'Citizen', 'dateOfBirth', 5,
    format('select count(*), count(*) filter (where number_birth_year(personal_id) <> %2$s) from %1$s where %2$s is not null',
      source, birth_year))
$$;
create procedure measure_number_and_sex(source text, sex text)
language sql as $$
  insert into quality_rule (indicator, method, type, field, base, query)
  values ('CORRECT', 'NUMBER_AND_SEX', 'Citizen', 'sex', 5,
    format('select count(*), count(*) filter (where number_sex(personal_id) <> %s) from %s', sex, source))
$$;

-- Runs every measure. One that fails says so by its code and stops no other. The texts it runs are its owner's alone.
create function quality_counts(day date, codes jsonb)
returns table (indicator text, method text, type text, field text, part text, base int, target_days int, query text,
  checked bigint, failed bigint, last_day date, failure text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  rule quality_rule;
begin
  for rule in select q.* from quality_rule q order by q.indicator, q.type, q.field, q.method, q.part loop
    indicator := rule.indicator; method := rule.method; type := rule.type; field := rule.field; part := rule.part;
    base := rule.base; target_days := rule.target_days; query := rule.query;
    checked := null; failed := null; last_day := null; failure := null;
    begin
      if rule.method = 'LAST_EVENT' then
        execute rule.query into last_day using day, codes;
      else
        execute rule.query into checked, failed using day, codes;
      end if;
    exception when others then
      failure := sqlstate;
    end;
    return next;
  end loop;
end $$;

revoke execute on function quality_counts, number_birth_year, number_sex from public;
revoke execute on procedure measure_filled, measure_code, measure_rule, measure_unique, measure_last,
  measure_number_and_birth_year, measure_number_and_sex from public;
