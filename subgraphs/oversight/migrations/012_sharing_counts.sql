-- Where a database's fields are shared, by the log of some days: both tables are read once in the order of their ids and
-- joined, instead of looking into every partition for each record.
create or replace function sharing_counts(p_since timestamptz, p_until timestamptz, p_coordinates text[])
returns table (organisations bigint, answered bigint, refused bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with span as materialized (
    select record_id_bound(code, p_since) as low, record_id_bound(code, p_until + interval '1 ms') as high from retention_class),
  records as materialized (
    select d.* from span cross join lateral (
      select id, organisation from disclosure
      where id >= low and id < high and organisation is not null offset 0) as d),
  entries as materialized (
    select e.* from span cross join lateral (
      select record_id, outcome from disclosure_entry
      where id >= low and id < high and reveal_after is null and coordinates && p_coordinates offset 0) as e)
  select count(distinct organisation) filter (where outcome in ('ALLOW', 'MASK', 'VERIFY_ONLY')),
    count(*) filter (where outcome in ('ALLOW', 'MASK', 'VERIFY_ONLY')), count(*) filter (where outcome in ('DENY', 'AGGREGATE_ONLY'))
  from records join entries on record_id = id
$$;
