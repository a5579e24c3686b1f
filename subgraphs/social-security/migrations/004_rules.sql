-- What holds between rows: contributions within the bounds and rates of their time, benefits in the life and of the sex
-- they are for, assistance by age and base. Each rule is a view of the rows that break it: always empty. Triggers ask it
-- about the rows that change, once a statement; whoever fills whole tables without triggers asks for all of it.

create view amiss_salary_within_bounds as
select c.id from participation c
where not exists (
    select from salary_bound b where b.scheme = c.scheme and c.from_month between b.valid_from and coalesce(b.valid_to, 'infinity'))
  or exists (
    select from salary_bound b where b.scheme = c.scheme and c.salary_base not between b.floor and b.cap
      and daterange(b.valid_from, b.valid_to, '[]')
        && daterange(c.from_month, coalesce((c.to_month + interval '1 month')::date, c.from_month + 1)));

create view amiss_rate_of_its_time as
select c.id from participation c join contribution_rate r on r.id = c.rate_id
where not daterange(r.valid_from, r.valid_to, '[]') @> daterange(c.from_month, coalesce(c.to_month, c.from_month), '[]');

create view amiss_participation_in_life as
select c.id from participation c join si_member m on m.id = c.member_id join person p using (personal_id)
where extract(year from age(c.from_month, p.born_from)) < 15 or c.from_month > p.died_on or c.to_month > p.died_on;

create view amiss_benefit_in_life as
select c.id from benefit c join si_member m on m.id = c.member_id join person p using (personal_id)
where c.starts_on < p.born_from or c.starts_on > p.died_on or coalesce(c.ends_on, 'infinity') > coalesce(p.died_on, 'infinity');

create view amiss_benefit_fits_member as
select c.id from benefit c join si_member m on m.id = c.member_id join person p using (personal_id)
cross join lateral (select extract(year from age(c.starts_on, p.born_from)) as most) a
where (c.type in ('MATERNITY', 'PRENATAL') and p.sex <> 'FEMALE') or (c.type = 'PATERNITY' and p.sex <> 'MALE')
   or (c.type in ('PENSION', 'V_PENSION') and a.most < 50) or (c.type = 'SOCIAL_PENSION' and a.most < 70);

create view amiss_assistance_in_life as
select c.id from beneficiary c join person p using (personal_id)
where c.starts_on < p.born_from or coalesce(c.ends_on, 'infinity') > coalesce(p.died_on, 'infinity');

create view amiss_assistance_fits_age as
select c.id from beneficiary c join person p using (personal_id) join social_category s on s.code = c.category
where not s.ages && int4range(
  extract(year from age(c.starts_on, p.born_until))::int, extract(year from age(c.starts_on, p.born_from))::int, '[]');

create view amiss_base_of_its_time as
select c.id from beneficiary c join assistance_base b on b.valid_from = c.base_from
where not daterange(b.valid_from, b.valid_to, '[]') @> daterange(c.starts_on, coalesce(c.ends_on, c.starts_on), '[]');

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

create trigger inserted after insert on participation referencing new table as changed
  for each statement execute function refuse_amiss('salary_within_bounds', 'rate_of_its_time', 'participation_in_life');
create trigger updated after update on participation referencing new table as changed
  for each statement execute function refuse_amiss('salary_within_bounds', 'rate_of_its_time', 'participation_in_life');
create trigger inserted after insert on benefit referencing new table as changed
  for each statement execute function refuse_amiss('benefit_in_life', 'benefit_fits_member');
create trigger updated after update on benefit referencing new table as changed
  for each statement execute function refuse_amiss('benefit_in_life', 'benefit_fits_member');
create trigger inserted after insert on beneficiary referencing new table as changed
  for each statement execute function refuse_amiss('assistance_in_life', 'assistance_fits_age', 'base_of_its_time');
create trigger updated after update on beneficiary referencing new table as changed
  for each statement execute function refuse_amiss('assistance_in_life', 'assistance_fits_age', 'base_of_its_time');
