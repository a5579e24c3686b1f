-- Nothing happens before birth or after death, and nobody has a diagnosis their sex or age rules out. Each rule is a view
-- of the rows that break it: always empty. Triggers ask it about the rows that change, once a statement; whoever fills
-- whole tables without triggers asks for all of it.

create view amiss_visit_in_life as
select v.id from visit v join person p using (personal_id)
cross join lateral (select (v.admitted_at at time zone interval '7 hours')::date as day) a
where a.day < p.born_from or a.day > p.died_on;

create view amiss_diagnosis_fits_patient as
select v.id from visit v join person p using (personal_id)
cross join lateral unnest(v.main_diagnosis || v.secondary_diagnoses) as d(code)
join icd10 i on i.code = d.code
cross join lateral (select v.admitted_at at time zone interval '7 hours' as day) a
where i.sex <> p.sex
   or extract(year from age(a.day, p.born_from)) < i.min_age
   or extract(year from age(a.day, p.born_until)) > i.max_age;

create view amiss_vaccination_in_life as
select v.id from vaccination v join person p using (personal_id)
where v.given_at < p.born_from or v.given_at > p.died_on;

create view amiss_card_in_life as
select c.id from insurance_card c join person p using (personal_id)
where c.valid_from < p.born_from or c.valid_from > p.died_on;

-- Refuses rows that break one of the rules it is given. Messages name the rule, never the person. The plan is made for
-- the statement: one made while the tables were small would go on reading all of them.
create function refuse_amiss() returns trigger language plpgsql as $$
declare
  amiss bigint;
begin
  for i in 0 .. tg_nargs - 1 loop
    execute format('select count(*) from %I where id in (select id from changed)', 'amiss_' || tg_argv[i]) into amiss;
    if amiss > 0 then
      raise exception using errcode = 'check_violation', constraint = tg_argv[i],
        message = format('%s: %s row(s) refused', tg_argv[i], amiss);
    end if;
  end loop;
  return null;
end $$;

create trigger inserted after insert on visit referencing new table as changed
  for each statement execute function refuse_amiss('visit_in_life', 'diagnosis_fits_patient');
create trigger updated after update on visit referencing new table as changed
  for each statement execute function refuse_amiss('visit_in_life', 'diagnosis_fits_patient');
create trigger inserted after insert on vaccination referencing new table as changed
  for each statement execute function refuse_amiss('vaccination_in_life');
create trigger updated after update on vaccination referencing new table as changed
  for each statement execute function refuse_amiss('vaccination_in_life');
create trigger inserted after insert on insurance_card referencing new table as changed
  for each statement execute function refuse_amiss('card_in_life');
create trigger updated after update on insurance_card referencing new table as changed
  for each statement execute function refuse_amiss('card_in_life');
