-- What statistics may take from this database: coarse flags of somebody under a pseudonym of one run, and sums. The role
-- social_security_linkage can do nothing but call these functions.

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

-- Flags: 1 a pension (contributory, voluntary or social), 2 contributes, 4 contributions are owed, 8 social assistance,
-- 16 of a poor or near-poor household. Ordered by pseudonym; with `among`, of those alone.
create function linkage_flags(key bytea, day date, among text[])
returns table (pseudonym text, flags int)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select x.pseudonym, f.flags
  from linkage_pads(key) p,
    (select s.personal_id, bit_or(s.flag) as flags
     from (
       select m.personal_id, 1 as flag from benefit b join si_member m on m.id = b.member_id
       where b.type in ('PENSION', 'V_PENSION', 'SOCIAL_PENSION') and daterange(b.starts_on, b.ends_on, '[]') @> day
       union all
       select m.personal_id, case when c.arrears then 6 else 2 end from participation c join si_member m on m.id = c.member_id
       where c.from_month <= day and (c.to_month is null or c.to_month >= date_trunc('month', day::timestamp)::date)
       union all
       select b.personal_id, 8 from beneficiary b where daterange(b.starts_on, b.ends_on, '[]') @> day
       union all
       select r.personal_id, 16 from poverty_record r where r.household_status in ('POOR', 'NEAR_POOR')
     ) s join person using (personal_id)
     where person.died_on is null or person.died_on > day
     group by s.personal_id) f,
    lateral (select linkage_pseudonym(p.inner_pad, p.outer_pad, f.personal_id) as pseudonym) x
  where among is null or x.pseudonym = any (among)
  order by 1;
end;

-- Benefits by the province of the handling office: what is in payment in a month, once or monthly. With communes, only
-- what is held by commune.
create function linkage_cells(day date, since date, communes text[])
returns table (figure text, category text, month text, province_code text, commune_code text,
  contributors bigint, value bigint, largest bigint)
language sql stable security definer set search_path = public, pg_temp begin atomic
  select 'benefitsPaid', x.type, left(x.first_day::text, 7), x.province_code, null::text,
    count(*), sum(x.amount)::bigint, max(x.amount)::bigint
  from (
    select b.type, months.first_day::date as first_day, m.province_code, m.id, sum(b.amount) as amount
    from generate_series(date_trunc('month', since::timestamp), day::timestamp, interval '1 month') as months(first_day)
    join benefit b on b.starts_on < months.first_day + interval '1 month'
      and coalesce(b.ends_on, 'infinity') >= months.first_day and b.starts_on <= day
    join si_member m on m.id = b.member_id
    where communes is null
    group by 1, 2, 3, 4
  ) x group by x.type, x.first_day, x.province_code
  union all
  select 'assistanceByCategory', b.category, left(day::text, 7), b.province_code, b.commune_code, count(*), count(*), 1::bigint
  from beneficiary b
  where daterange(b.starts_on, b.ends_on, '[]') @> day and (communes is null or b.commune_code = any (communes))
  group by b.category, b.province_code, b.commune_code;
end;

revoke execute on function linkage_flags, linkage_cells from public;
grant execute on function linkage_flags, linkage_cells to social_security_linkage;
