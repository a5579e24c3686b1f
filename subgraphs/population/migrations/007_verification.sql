-- What verification may ask of this database: where a person lives, which decides who may ask, and whether claims agree with
-- what is held. The role population_verifier can do nothing but call these functions; no other value leaves.

create function claim_place(person text) returns table (province_code text, commune_code text)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select c.province_code::text, c.commune_code::text from citizen c where c.personal_id = person;
end;

-- Whether each claim agrees: null where nothing is held that could tell, and for what was not claimed. Only of a person who
-- lives where whoever asks was judged to ask. The same work is done for a number that nobody has.
-- `names` are the orders one typed name may be meant in; typed without any diacritics it is compared without. Of a birth
-- date known to the year or month, the claim must not say more. `older`: has completed so many years.
create function claims_agree(person text, province text, commune text, names text[], born text, lives_in text, older int, day date)
returns table (full_name boolean, date_of_birth boolean, residence_commune boolean, age_over boolean)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select
    case when name_folded(names[1]) = name_letters(names[1])
      then c.name_folded = any (array(select name_folded(n) from unnest(names) n))
      else c.name_key = any (array(select name_key(n) from unnest(names) n)) end,
    case when starts_with(c.date_of_birth, born) then true
      when not starts_with(born, c.date_of_birth) then false end,
    c.commune_code = lives_in,
    case when extract(year from age(day, span.last_day)) >= older then true
      when extract(year from age(day, first_day(c.date_of_birth))) < older then false end
  from (select) one
  left join citizen c on c.personal_id = person and c.province_code = province and c.commune_code is not distinct from commune
  left join lateral (
    select (first_day(c.date_of_birth)
      + case length(c.date_of_birth) when 4 then interval '1 year' when 7 then interval '1 month' else interval '1 day' end
      - interval '1 day')::date as last_day
  ) span on true;
end;

revoke execute on function claim_place, claims_agree from public;
grant execute on function claim_place, claims_agree to population_verifier;
