-- What holds between rows: contributions within the bounds and rates of their time, benefits in the life and of the sex
-- they are for, assistance by age and base. Checked once a statement over all its rows, so that loading stays fast; by
-- key, as a plan made while a table was small would go on reading all of it. Messages name the rule, never the person.

create function refuse(rule text, count bigint) returns void language plpgsql as $$
begin
  if count > 0 then
    raise exception using errcode = 'check_violation', constraint = rule, message = format('%s: %s row(s) refused', rule, count);
  end if;
end $$;

create function check_participations() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('salary_within_bounds', (
    select count(*) from changed c where not exists (select from salary_bound b where b.scheme = c.scheme
        and c.from_month between b.valid_from and coalesce(b.valid_to, 'infinity'))
      or exists (select from salary_bound b where b.scheme = c.scheme and c.salary_base not between b.floor and b.cap
        and daterange(b.valid_from, b.valid_to, '[]')
          && daterange(c.from_month, coalesce((c.to_month + interval '1 month')::date, c.from_month + 1)))));
  perform refuse('rate_of_its_time', (
    select count(*) from changed c join contribution_rate r on r.id = c.rate_id
    where not daterange(r.valid_from, r.valid_to, '[]') @> daterange(c.from_month, coalesce(c.to_month, c.from_month), '[]')));
  perform refuse('participation_in_life', (
    select count(*) from changed c join si_member m on m.id = c.member_id join person p using (personal_id)
    where extract(year from age(c.from_month, p.born_from)) < 15 or c.from_month > p.died_on or c.to_month > p.died_on));
  return null;
end $$;
create trigger participations_inserted after insert on participation
  referencing new table as changed for each statement execute function check_participations();
create trigger participations_updated after update on participation
  referencing new table as changed for each statement execute function check_participations();

create function check_benefits() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('benefit_in_life', (
    select count(*) from changed c join si_member m on m.id = c.member_id join person p using (personal_id)
    where c.starts_on < p.born_from or c.starts_on > p.died_on or coalesce(c.ends_on, 'infinity') > coalesce(p.died_on, 'infinity')));
  perform refuse('benefit_fits_member', (
    select count(*) from changed c join si_member m on m.id = c.member_id join person p using (personal_id)
    cross join lateral (select extract(year from age(c.starts_on, p.born_from)) as most) a
    where (c.type in ('MATERNITY', 'PRENATAL') and p.sex <> 'FEMALE') or (c.type = 'PATERNITY' and p.sex <> 'MALE')
       or (c.type in ('PENSION', 'V_PENSION') and a.most < 50) or (c.type = 'SOCIAL_PENSION' and a.most < 70)));
  return null;
end $$;
create trigger benefits_inserted after insert on benefit
  referencing new table as changed for each statement execute function check_benefits();
create trigger benefits_updated after update on benefit
  referencing new table as changed for each statement execute function check_benefits();

create function check_beneficiaries() returns trigger language plpgsql
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform refuse('assistance_in_life', (
    select count(*) from changed c join person p using (personal_id)
    where c.starts_on < p.born_from or coalesce(c.ends_on, 'infinity') > coalesce(p.died_on, 'infinity')));
  perform refuse('assistance_fits_age', (
    select count(*) from changed c join person p using (personal_id) join social_category s on s.code = c.category
    where not s.ages && int4range(
      extract(year from age(c.starts_on, p.born_until))::int, extract(year from age(c.starts_on, p.born_from))::int, '[]')));
  perform refuse('base_of_its_time', (
    select count(*) from changed c join assistance_base b on b.valid_from = c.base_from
    where not daterange(b.valid_from, b.valid_to, '[]') @> daterange(c.starts_on, coalesce(c.ends_on, c.starts_on), '[]')));
  return null;
end $$;
create trigger beneficiaries_inserted after insert on beneficiary
  referencing new table as changed for each statement execute function check_beneficiaries();
create trigger beneficiaries_updated after update on beneficiary
  referencing new table as changed for each statement execute function check_beneficiaries();
