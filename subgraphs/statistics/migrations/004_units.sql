-- The units are kept in memory with the figures.

create trigger renews_publication after insert or update or delete or truncate on unit
  for each statement execute function renew_publication();
alter table unit enable always trigger renews_publication;
