-- What a single row can't show, checked when a transaction ends: parts make up the whole. Each rule is a view of what
-- breaks it: always empty. Triggers ask it about what changes, row by row; whoever fills whole tables without triggers
-- asks for all of it.

create view amiss_shares_make_up_one as
select parcel_id, asset_id, sum(share) as total from land_right
group by parcel_id, asset_id having sum(share) <> 1;

create view amiss_uses_make_up_the_parcel as
select p.parcel_id, p.area_m2 - coalesce(sum(u.area_m2), 0) as missing
from parcel p left join land_use u using (parcel_id)
group by p.parcel_id, p.area_m2 having p.area_m2 <> coalesce(sum(u.area_m2), 0);

create function check_shares() returns trigger
language plpgsql as $$
declare
  total numeric;
begin
  if tg_op = 'UPDATE' and (old.parcel_id, old.asset_id) is distinct from (new.parcel_id, new.asset_id) then
    raise exception 'a right stays with its parcel and asset'
      using errcode = 'check_violation', constraint = 'a_right_stays';
  end if;
  select a.total into total from amiss_shares_make_up_one a
  where a.parcel_id = coalesce(new.parcel_id, old.parcel_id)
    and a.asset_id is not distinct from coalesce(new.asset_id, old.asset_id);
  if found then
    raise exception 'the shares of a right make up % instead of 1', total
      using errcode = 'check_violation', constraint = 'shares_make_up_one';
  end if;
  return null;
end $$;

create constraint trigger shares_make_up_one
after insert or update or delete on land_right deferrable initially deferred
for each row execute function check_shares();

create function check_use_areas() returns trigger
language plpgsql as $$
declare
  missing numeric;
begin
  if tg_op = 'UPDATE' and old.parcel_id <> new.parcel_id then
    raise exception 'a use stays with its parcel' using errcode = 'check_violation', constraint = 'a_use_stays';
  end if;
  select a.missing into missing from amiss_uses_make_up_the_parcel a
  where a.parcel_id = coalesce(new.parcel_id, old.parcel_id);
  if found then
    raise exception 'the uses of a parcel miss % of its m2', missing
      using errcode = 'check_violation', constraint = 'uses_make_up_the_parcel';
  end if;
  return null;
end $$;

create constraint trigger uses_make_up_the_parcel
after insert or update of area_m2 on parcel deferrable initially deferred
for each row execute function check_use_areas();

create constraint trigger uses_make_up_the_parcel
after insert or update of area_m2, parcel_id or delete on land_use deferrable initially deferred
for each row execute function check_use_areas();
