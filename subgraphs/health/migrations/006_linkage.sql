-- What statistics may take from this database: two coarse flags of somebody under a pseudonym of one run, and counts of
-- visits. The role health_linkage can do nothing but call these functions.

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

-- Flags: 1 has a card that holds on the day, 2 has the three doses of the vaccine of five. Ordered by pseudonym; with
-- `among`, of those alone.
create function linkage_flags(key bytea, day date, among text[])
returns table (pseudonym text, flags int)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select x.pseudonym, f.flags
  from linkage_pads(key) p,
    (select s.personal_id, bit_or(s.flag) as flags
     from (
       select c.personal_id, 1 as flag from insurance_card c
       where daterange(c.valid_from, c.valid_to, '[]') @> day
       union all
       select v.personal_id, 2 from vaccination v
       where v.vaccine = 'DPT-VGB-HIB' and v.given_at <= day
       group by v.personal_id having count(*) >= 3
     ) s join person using (personal_id)
     where person.died_on is null or person.died_on > day
     group by s.personal_id) f,
    lateral (select linkage_pseudonym(p.inner_pad, p.outer_pad, f.personal_id) as pseudonym) x
  where among is null or x.pseudonym = any (among)
  order by 1;
end;

-- By the place of the facility. Diagnoses under stricter rules than others (HIV, mental health, sexually transmitted,
-- reproductive) are one group of their own, whatever their chapter.
create function linkage_cells(day date, since date, communes text[])
returns table (figure text, category text, month text, province_code text, commune_code text,
  contributors bigint, value bigint, largest bigint)
language sql stable security definer set search_path = public, pg_temp begin atomic
  with by_patient as materialized (
    select case when i.sensitivity is null then i.chapter else 'PROTECTED' end as diagnosis_group,
      left((v.admitted_at at time zone interval '7 hours')::text, 7) as month,
      f.province_code, f.commune_code, v.personal_id, count(*) as visits
    from visit v join facility f on f.code = v.facility_code join icd10 i on i.code = v.main_diagnosis
    where v.admitted_at >= since::timestamp at time zone interval '7 hours'
      and v.admitted_at < (day + 1)::timestamp at time zone interval '7 hours'
      and (communes is null or f.commune_code = any (communes))
    group by 1, 2, 3, 4, 5
  ), all_of_patient as (
    select month, province_code, commune_code, personal_id, sum(visits)::bigint as visits
    from by_patient group by 1, 2, 3, 4
  )
  select 'visits', '', month, province_code, commune_code, count(*), sum(visits)::bigint, max(visits)
  from all_of_patient group by 3, 4, 5
  union all
  select 'visitsByDiagnosisGroup', diagnosis_group, month, province_code, commune_code,
    count(*), sum(visits)::bigint, max(visits)
  from by_patient group by 2, 3, 4, 5;
end;

revoke execute on function linkage_flags, linkage_cells from public;
grant execute on function linkage_flags, linkage_cells to health_linkage;
