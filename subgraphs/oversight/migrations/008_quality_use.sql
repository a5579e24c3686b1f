-- How far a database is shared: who was given anything of these fields since a moment, and how often somebody was refused.
-- No subject, no purpose and no time of a reading. What Art. 19(1)(b) of Law 91/2025 delays is not counted.
create function sharing_counts(p_since timestamptz, p_until timestamptz, p_coordinates text[])
returns table (organisations bigint, answered bigint, refused bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct d.organisation) filter (where e.outcome in ('ALLOW', 'MASK', 'VERIFY_ONLY')),
    count(*) filter (where e.outcome in ('ALLOW', 'MASK', 'VERIFY_ONLY')), count(*) filter (where e.outcome in ('DENY', 'AGGREGATE_ONLY'))
  from retention_class as c
  cross join lateral (
    select * from disclosure as one
    where one.id >= record_id_bound(c.code, p_since) and one.id < record_id_bound(c.code, p_until + interval '1 ms')) as d
  join disclosure_entry as e on e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
  where d.organisation is not null and e.reveal_after is null and e.coordinates && p_coordinates
$$;

alter function sharing_counts(timestamptz, timestamptz, text[]) owner to oversight_owner;
revoke execute on function sharing_counts(timestamptz, timestamptz, text[]) from public;
grant execute on function sharing_counts(timestamptz, timestamptz, text[]) to oversight_writer;
