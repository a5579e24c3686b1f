-- What statistics may take from this database: that somebody under a pseudonym of one run has land, and counts of parcels.
-- The role land_linkage can do nothing but call these functions.

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

-- Flags: 1 holds a right to use land. Ordered by pseudonym; with `among`, of those alone.
create function linkage_flags(key bytea, day date, among text[])
returns table (pseudonym text, flags int)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select x.pseudonym, 1
  from linkage_pads(key) p,
    (select distinct r.personal_id from land_right r
     where r.kind = 'LAND_USE' and r.personal_id is not null and r.registered_on <= day) h,
    lateral (select linkage_pseudonym(p.inner_pad, p.outer_pad, h.personal_id) as pseudonym) x
  where among is null or x.pseudonym = any (among)
  order by 1;
end;

create function linkage_cells(day date, since date, communes text[])
returns table (figure text, category text, month text, province_code text, commune_code text,
  contributors bigint, value bigint, largest bigint)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select 'parcels', '', left(day::text, 7), p.province_code, p.commune_code, count(*), count(*), 1::bigint
  from parcel p where communes is null or p.commune_code = any (communes)
  group by p.province_code, p.commune_code
  union all
  select 'landAreaByUse', u.use_type, left(day::text, 7), p.province_code, p.commune_code,
    count(*), round(sum(u.area_m2))::bigint, round(max(u.area_m2))::bigint
  from land_use u join parcel p using (parcel_id) where communes is null or p.commune_code = any (communes)
  group by u.use_type, p.province_code, p.commune_code
  union all
  select 'landCertificates', '', left(day::text, 7), r.province_code, r.commune_code,
    count(distinct c.id), count(distinct c.id), 1::bigint
  from land_certificate c join certificate_of_right e on e.certificate_id = c.id join land_right_entry r on r.id = e.right_id
  where c.status = 'VALID' and (communes is null or r.commune_code = any (communes))
  group by r.province_code, r.commune_code;
end;

revoke execute on function linkage_flags, linkage_cells from public;
grant execute on function linkage_flags, linkage_cells to land_linkage;
