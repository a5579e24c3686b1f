-- Rows as the graph reads them: each with whom it speaks of and where the parcel lies.

create view land_right_entry as
select r.*, p.commune_code, p.province_code
from land_right r join parcel p using (parcel_id);

create view certificate_entry as
select e.id, e.right_id, c.issue_no, c.registry_no, c.issued_at, c.issuer, c.status, c.scan_file,
  r.personal_id, r.commune_code, r.province_code
from certificate_of_right e
join land_certificate c on c.id = e.certificate_id
join land_right_entry r on r.id = e.right_id;

create view asset_entry as
select r.id as right_id, a.asset_type, a.floor_area_m2, a.grade, a.term, r.personal_id, r.commune_code, r.province_code,
  r.registered_on
from land_right_entry r join attached_asset a on a.id = r.asset_id;

create view restriction_entry as
select x.*, r.personal_id, r.commune_code, r.province_code
from restriction x join land_right_entry r on r.id = x.right_id;

create view land_change_entry as
select c.*, p.commune_code, p.province_code,
  array(select q.personal_id from land_change_party q where q.change_id = c.id and q.personal_id is not null) as persons
from land_change c join parcel p using (parcel_id);

create view land_change_party_entry as
select q.*, p.commune_code, p.province_code, c.registered_at
from land_change_party q
join land_change c on c.id = q.change_id
join parcel p using (parcel_id);

grant select on person, organisation, parcel, land_use, land_right, attached_asset, land_certificate, certificate_of_right,
  restriction, land_change, land_change_party, land_right_entry, certificate_entry, asset_entry, restriction_entry,
  land_change_entry, land_change_party_entry to land_app;
