-- What the subgraph shows. An entry's record is found by the id that the entry repeats, so one partition is looked at.

create view access_event as
select e.id, e.at, d.organisation, d.unit, d.roles, d.app, d.staff_code, d.caller_kind, d.purpose, e.coordinates,
  e.outcome, e.basis, e.citation, coalesce(e.case_number, d.case_number) as case_number, d.request_id, e.reveal_after
from disclosure_entry as e join disclosure as d on d.id = e.record_id;

create view disclosure_record as
select d.*, c.signature, w.name as writer, w.public_key, l.leaf_index
from disclosure as d
left join commitment as c on c.writer_id = d.writer_id and c.counter = d.counter
left join writer as w on w.id = d.writer_id
left join leaf as l on l.record_id = d.id;

-- Entries that speak of one pseudonym, newest first, after a position, at most p_count. Three ways in, each by an index
-- that holds nothing the reader must not notice: what was never delayed and is not protective; the same, protective, for
-- the person's own eyes; and what was delayed and may be seen by now. Each retention class is walked by itself: within
-- one, ids follow time. One plan for all calls: planning over all partitions costs more than the walk.
create function timeline(p_subject text, p_own boolean, p_now timestamptz, p_before timestamptz, p_before_id uuid, p_count integer)
returns table (key text, at timestamptz) language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with class as (
    select record_id_bound(code, 'epoch') as lower,
      coalesce(record_id_bound(code, p_before + interval '1 ms'), record_id_bound((code + 1)::smallint, 'epoch')) as upper
    from retention_class
  ), found as (
    select e.id, e.at from class cross join lateral (
      select d.id, d.at from disclosure_entry as d
      where d.subject = p_subject and not d.protective and d.reveal_after is null
        and d.id >= class.lower and d.id < class.upper and (p_before is null or (d.at, d.id) < (p_before, p_before_id))
      order by d.id desc limit p_count) as e
    union all
    select e.id, e.at from class cross join lateral (
      select d.id, d.at from disclosure_entry as d
      where p_own and d.subject = p_subject and d.protective and d.reveal_after is null
        and d.id >= class.lower and d.id < class.upper and (p_before is null or (d.at, d.id) < (p_before, p_before_id))
      order by d.id desc limit p_count) as e
    union all
    (select d.id, d.at from disclosure_entry as d
    where d.subject = p_subject and d.reveal_after is not null and d.reveal_after <= p_now and (p_own or not d.protective)
      and (p_before is null or (d.at, d.id) < (p_before, p_before_id))
    order by d.at desc, d.id desc limit p_count)
  )
  select f.id::text, f.at from found as f order by f.at desc, f.id desc limit p_count;
end
$$;
alter function timeline(text, boolean, timestamptz, timestamptz, uuid, integer) owner to oversight_owner;
revoke execute on function timeline(text, boolean, timestamptz, timestamptz, uuid, integer) from public;
grant execute on function timeline(text, boolean, timestamptz, timestamptz, uuid, integer) to oversight_app;

alter view access_event owner to oversight_owner;
alter view disclosure_record owner to oversight_owner;
grant select on access_event, disclosure_record to oversight_app;

-- How much of the log is exposed: what was written, what the newest signed head covers. Holds nothing of any record, so
-- whoever writes may ask. Two index probes a writer.
create function log_window() returns table (written bigint, sequenced bigint, head_size bigint, head_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select leaves.count + coalesce((select sum(c.last - coalesce(l.last, 0)) from writer as w
      cross join lateral (select max(counter) as last from commitment where writer_id = w.id) as c
      cross join lateral (select max(counter) as last from leaf where writer_id = w.id) as l), 0)::bigint,
    leaves.count, coalesce(head.size, 0), head.at
  from (select coalesce(max(leaf_index) + 1, 0) as count from leaf) as leaves
  left join (select size, at from tree_head order by size desc limit 1) as head on true
$$;
alter function log_window() owner to oversight_owner;
revoke execute on function log_window() from public;
grant execute on function log_window() to oversight_app, oversight_writer;
