-- What verification may ask of this database: where a patient's file is handled, which decides who may ask, and whether
-- somebody has health insurance. The role health_verifier can do nothing but call these functions; no other value leaves.

create function claim_place(patient text) returns table (province_code text, commune_code text)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select p.province_code, null::text from person p where p.personal_id = patient;
end;

-- True while a card is valid, false for who has or had others, null for who never had one, registered or not. Only of a
-- patient whose file is where whoever asks was judged to ask. The same work is done for a number that nobody has.
create function claims_agree(patient text, province text, day date) returns table (insured_now boolean)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select bool_or(daterange(c.valid_from, c.valid_to, '[]') @> day and (p.died_on is null or p.died_on > day))
  from person p join insurance_card c using (personal_id)
  where p.personal_id = patient and p.province_code = province;
end;

revoke execute on function claim_place, claims_agree from public;
grant execute on function claim_place, claims_agree to health_verifier;
