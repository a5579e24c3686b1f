-- Whether this database and the others hold the same of the same person. What leaves is pseudonyms, and hashes that are
-- equal for equal values of one person, under a key made for one run. Whose record disagrees stays here, for the steward
-- of the owner. The same text in every compared database; its view quality_identity gives, of each person,
-- personal_id, full_name, birth_year, sex and died_on, null where it does not hold that.

-- A name as it is compared: lower case, one blank between words, the tone mark of each syllable at its end.
create function compared_name(name text) returns text language sql immutable strict parallel safe
return regexp_replace(
  normalize(lower(btrim(regexp_replace(name, '\s+', ' ', 'g')) collate pg_catalog.pg_c_utf8), NFD),
  '([\u0300\u0301\u0303\u0309\u0323])(\S*)', '\2\1', 'g');

create function compared_hash(inner_pad bytea, outer_pad bytea, id text, field text, value text)
returns text language sql immutable strict parallel safe
return left(linkage_pseudonym(inner_pad, outer_pad, id || '/' || field || '/' || value), 16);

-- In the order of pseudonyms. The number says a year of birth too.
create function quality_identities(key bytea)
returns table (pseudonym text, "fullName" text, "birthYear" text, sex text, "diedOn" text, number text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select linkage_pseudonym(p.inner_pad, p.outer_pad, i.personal_id),
    compared_hash(p.inner_pad, p.outer_pad, i.personal_id, 'fullName', compared_name(i.full_name)),
    compared_hash(p.inner_pad, p.outer_pad, i.personal_id, 'birthYear', i.birth_year::text),
    compared_hash(p.inner_pad, p.outer_pad, i.personal_id, 'sex', i.sex),
    compared_hash(p.inner_pad, p.outer_pad, i.personal_id, 'diedOn', i.died_on),
    compared_hash(p.inner_pad, p.outer_pad, i.personal_id, 'birthYear', number_birth_year(i.personal_id)::text)
  from linkage_pads(key) p cross join quality_identity i
  order by 1;
end $$;

-- Findings of the last comparison.
create table quality_finding (
  personal_id text not null,
  field text not null check (field in ('fullName', 'birthYear', 'sex', 'diedOn')),
  -- The first day that it was found on.
  found_on date not null,
  primary key (personal_id, field)
);

-- Keeps as findings exactly those that the comparison named, by the pseudonyms of its run: {"field": [pseudonym, ...]}.
create function quality_mark(key bytea, named jsonb, day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with found as materialized (
    select i.personal_id, n.field
    from linkage_pads(key) p cross join quality_identity i
    join (
      select f.field, x.pseudonym from jsonb_each(named) f(field, list), jsonb_array_elements_text(f.list) x(pseudonym)
    ) n on n.pseudonym = linkage_pseudonym(p.inner_pad, p.outer_pad, i.personal_id)
  ), gone as (
    delete from quality_finding q where not exists (select from found f where (f.personal_id, f.field) = (q.personal_id, q.field))
  )
  insert into quality_finding (personal_id, field, found_on) select f.personal_id, f.field, day from found f
  on conflict (personal_id, field) do nothing;
end $$;

revoke execute on function compared_name, compared_hash, quality_identities, quality_mark from public;
