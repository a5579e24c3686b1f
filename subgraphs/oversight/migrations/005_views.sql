-- What the subgraph shows. An entry's record is found by the id that the entry repeats, so one partition is looked at.

create view access_event as
select e.id, e.at, d.organisation, d.unit, d.roles, d.app, d.staff_code, d.caller_kind, d.purpose, e.coordinates,
  e.outcome, e.basis, e.citation, coalesce(e.case_number, d.case_number) as case_number, d.request_id, e.reveal_after
from disclosure_entry as e join disclosure as d on d.id = e.record_id;

create view disclosure_record as
select d.*, w.name as writer, w.public_key, l.leaf_index
from disclosure as d
left join writer as w on w.id = d.writer_id
left join leaf as l on l.record_id = d.id;

alter view access_event owner to oversight_owner;
alter view disclosure_record owner to oversight_owner;
grant select on access_event, disclosure_record to oversight_app;
