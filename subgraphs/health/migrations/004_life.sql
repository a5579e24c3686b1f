-- Nothing happens before birth or after death, and nobody has a diagnosis their sex or age rules out. Checked once a
-- statement over all its rows, so that loading stays fast. Messages name the rule, never the person. The functions look
-- people up by key: a plan made while the table was small would go on reading all of it.

create function refuse(rule text, count bigint) returns void language plpgsql as $$
begin
  if count > 0 then
    raise exception using errcode = 'check_violation', constraint = rule, message = format('%s: %s row(s) refused', rule, count);
  end if;
end $$;

create function check_visits() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('visit_in_life', (
    select count(*) from changed v join person p using (personal_id)
    cross join lateral (select (v.admitted_at at time zone interval '7 hours')::date as day) a
    where a.day < p.born_from or a.day > p.died_on));
  perform refuse('diagnosis_fits_patient', (
    select count(*) from changed v join person p using (personal_id)
    cross join lateral unnest(v.main_diagnosis || v.secondary_diagnoses) as d(code)
    join icd10 i on i.code = d.code
    cross join lateral (select v.admitted_at at time zone interval '7 hours' as day) a
    where i.sex <> p.sex
       or extract(year from age(a.day, p.born_from)) < i.min_age
       or extract(year from age(a.day, p.born_until)) > i.max_age));
  return null;
end $$;
create trigger visits_inserted after insert on visit
  referencing new table as changed for each statement execute function check_visits();
create trigger visits_updated after update on visit
  referencing new table as changed for each statement execute function check_visits();

create function check_vaccinations() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('vaccination_in_life', (
    select count(*) from changed v join person p using (personal_id)
    where v.given_at < p.born_from or v.given_at > p.died_on));
  return null;
end $$;
create trigger vaccinations_inserted after insert on vaccination
  referencing new table as changed for each statement execute function check_vaccinations();
create trigger vaccinations_updated after update on vaccination
  referencing new table as changed for each statement execute function check_vaccinations();

create function check_insurance_cards() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('card_in_life', (
    select count(*) from changed c join person p using (personal_id)
    where c.valid_from < p.born_from or c.valid_from > p.died_on));
  return null;
end $$;
create trigger insurance_cards_inserted after insert on insurance_card
  referencing new table as changed for each statement execute function check_insurance_cards();
create trigger insurance_cards_updated after update on insurance_card
  referencing new table as changed for each statement execute function check_insurance_cards();
