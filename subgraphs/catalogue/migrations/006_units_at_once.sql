-- The units of today are found without looking at all of them: the provinces by an index of their own, each name by its
-- last day, from the index alone.

create index admin_unit_province on admin_unit (code) where length(code) = 2;
create index admin_unit_version_name on admin_unit_version (code, valid_from) include (name, unit_type);
drop index admin_unit_version_code;

create or replace view unit_now as
select u.*, v.name, unit_full_name(v.unit_type, v.name) as full_name, v.unit_type
from admin_unit u
cross join lateral (
  select w.name, w.unit_type from admin_unit_version w
  where w.code = u.code and w.valid_from <= today_in_viet_nam() order by w.valid_from desc limit 1
) v;
