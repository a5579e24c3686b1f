-- Which state of the figures is published. Whoever keeps figures in memory reads it at every request: it changes in the
-- transaction that changes what they were read from, and no two states ever have the same.

create table publication (
  only_one boolean primary key default true check (only_one),
  version uuid not null
);
insert into publication (version) values (gen_random_uuid());

create function renew_publication() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update publication set version = gen_random_uuid();
  return null;
end $$;

create trigger renews_publication after insert or update or delete or truncate on category
  for each statement execute function renew_publication();
create trigger renews_publication after insert or update or delete or truncate on release
  for each statement execute function renew_publication();
create trigger renews_publication after insert or update or delete or truncate on unit_refresh
  for each statement execute function renew_publication();
create trigger renews_publication after insert or update or delete or truncate on published
  for each statement execute function renew_publication();

-- Also where triggers are off, as when a copy of a database is replayed.
alter table category enable always trigger renews_publication;
alter table release enable always trigger renews_publication;
alter table unit_refresh enable always trigger renews_publication;
alter table published enable always trigger renews_publication;

grant select on publication to statistics_app;
