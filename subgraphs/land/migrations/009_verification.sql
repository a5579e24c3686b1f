-- What verification may ask of this database: where a parcel lies, which decides who may ask, and whether somebody holds a
-- right to it. The role land_verifier can do nothing but call these functions; no other value leaves.

create function claim_place(parcel text) returns table (province_code text, commune_code text)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select p.province_code, p.commune_code from parcel p where p.parcel_id = parcel;
end;

-- True for a holder of a right to the parcel; false for who holds other rights in the parcel's commune alone; null for
-- anybody else, registered or not: what lies elsewhere is not told. The same work is done for a number that nobody has.
create function claims_agree(person text, parcel text, day date) returns table (right_on_parcel boolean)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select bool_or(r.parcel_id = parcel)
  from land_right_entry r
  where r.personal_id = person and r.commune_code = (select p.commune_code from parcel p where p.parcel_id = parcel)
    and r.registered_on <= day and (r.term_until is null or r.term_until >= day);
end;

revoke execute on function claim_place, claims_agree from public;
grant execute on function claim_place, claims_agree to land_verifier;
