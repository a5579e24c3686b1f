-- What statistics may take from this database: residents under a pseudonym of one run with place, age band and sex, and
-- counts. The role population_linkage can do nothing but call these functions.

-- HMAC-SHA-256 (RFC 2104) of a personal number under a key of 64 bytes made for one run, cut to 128 bits as its section 5
-- allows. The pads are the key with each byte xor 0x36 and 0x5c.
create function linkage_pad(key bytea, pad int) returns bytea language sql immutable strict parallel safe
return (
  select string_agg(set_byte('\x00'::bytea, 0, get_byte(key, i) # pad), ''::bytea order by i)
  from generate_series(0, 63) i
);
create function linkage_pseudonym(inner_pad bytea, outer_pad bytea, id text) returns text
language sql immutable strict parallel safe
return encode(substr(sha256(outer_pad || sha256(inner_pad || convert_to(id, 'UTF8'))), 1, 16), 'hex');

create function linkage_pads(key bytea, out inner_pad bytea, out outer_pad bytea)
language sql immutable strict parallel safe
return (linkage_pad(key, 54), linkage_pad(key, 92));

-- Households get a number for this run, in the order of their pseudonyms.
create function linkage_households(key bytea, communes text[])
returns table (household int, province_code text, commune_code text)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select row_number() over (order by linkage_pseudonym(p.inner_pad, p.outer_pad, h.id))::int, h.province_code, h.commune_code
  from linkage_pads(key) p, household h
  where (communes is null or h.commune_code = any (communes))
    and exists (select from citizen c where c.household_id = h.id and c.life_status = 'ALIVE');
end;

-- Living residents, ordered by pseudonym; with communes, those who live there or belong to a household of theirs.
-- Bands begin at 0, 6, 15, 18, 30, 45, 60 and 75 completed years and are numbered from 1.
create function linkage_people(key bytea, day date, communes text[])
returns table (pseudonym text, province_code text, commune_code text, age_band int, is_female boolean, household int)
language sql stable security definer set search_path = public, pg_temp begin atomic
  with numbered as materialized (
    select h.id, row_number() over (order by linkage_pseudonym(p.inner_pad, p.outer_pad, h.id))::int as household
    from linkage_pads(key) p, household h
    where (communes is null or h.commune_code = any (communes))
      and exists (select from citizen c where c.household_id = h.id and c.life_status = 'ALIVE')
  )
  select linkage_pseudonym(p.inner_pad, p.outer_pad, c.personal_id), c.province_code, c.commune_code,
    width_bucket(extract(year from age(day, first_day(c.date_of_birth)))::int, array[0, 6, 15, 18, 30, 45, 60, 75]),
    c.sex = 'FEMALE', n.household
  from linkage_pads(key) p, citizen c left join numbered n on n.id = c.household_id
  where c.life_status = 'ALIVE' and (communes is null or c.commune_code = any (communes) or n.household is not null)
  order by 1;
end;

create function linkage_cells(day date, since date, communes text[])
returns table (figure text, category text, month text, province_code text, commune_code text,
  contributors bigint, value bigint, largest bigint)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select 'households', '', left(day::text, 7), h.province_code, h.commune_code, count(*), count(*), 1::bigint
  from household h
  where (communes is null or h.commune_code = any (communes))
    and exists (select from citizen c where c.household_id = h.id and c.life_status = 'ALIVE')
  group by h.province_code, h.commune_code
  union all
  select 'births', '', left(c.date_of_birth, 7), c.province_code, c.commune_code, count(*), count(*), 1::bigint
  from citizen c
  where length(c.date_of_birth) >= 7 and left(c.date_of_birth, 7) >= left(since::text, 7)
    and first_day(c.date_of_birth) <= day and (communes is null or c.commune_code = any (communes))
  group by left(c.date_of_birth, 7), c.province_code, c.commune_code
  union all
  select 'deaths', '', left(c.death_or_missing_date::text, 7), c.province_code, c.commune_code, count(*), count(*), 1::bigint
  from citizen c
  where c.life_status = 'DECEASED' and c.death_or_missing_date between since and day
    and (communes is null or c.commune_code = any (communes))
  group by left(c.death_or_missing_date::text, 7), c.province_code, c.commune_code;
end;

revoke execute on function linkage_households, linkage_people, linkage_cells from public;
grant execute on function linkage_households, linkage_people, linkage_cells to population_linkage;
