-- What nobody changes, and how often may be asked. Errors of this database: CN001 no such step, CN002 too many requests,
-- CN003 not this person's to decide, CN004 another text than the one shown, CN005 outside what was asked, CN006 sign-in too
-- weak, CN007 over.

create function refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'CN001';
end $$;

create trigger unchanging before update or delete on consent_version for each row execute function refuse_change();
create trigger unchanging before update or delete on consent_confirmation for each row execute function refuse_change();
create trigger unchanging before update or delete on consent_notice for each row execute function refuse_change();
create trigger unchanging before update or delete on consent_read for each row execute function refuse_change();
create trigger untruncated before truncate on consent_version execute function refuse_change();
create trigger untruncated before truncate on consent execute function refuse_change();

-- Of a head only the end of its chain and its counter move.
create function keep_identity() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(old) - '{version,state,reads_used,ends_at}'::text[] <> to_jsonb(new) - '{version,state,reads_used,ends_at}'::text[]
    or new.version < old.version or new.reads_used < old.reads_used then
    raise exception 'a consent keeps its identity' using errcode = 'CN001';
  end if;
  return new;
end $$;
create trigger identity before update or delete on consent for each row execute function keep_identity();

-- Requests a grantee may make (a proposal): 1,000 a day in all, 10 a day to one person. One at a time for one person and
-- purpose is the unique index's.
create function limit_requests() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('consent-request:' || new.grantee_org, 0));
  if (select count(*) from consent c where c.grantee_org = new.grantee_org and c.requested_at > now() - interval '1 day') >= 1000
    or (select count(*) from consent c where c.grantee_org = new.grantee_org and c.subject = new.subject
           and c.requested_at > now() - interval '1 day') >= 10 then
    raise exception 'too many requests' using errcode = 'CN002';
  end if;
  new.version := 0;
  new.state := null;
  new.reads_used := 0;
  if new.replaces is not null and not exists (
    select from consent c where c.id = new.replaces and c.subject = new.subject and c.grantee_org = new.grantee_org
       and c.purpose = new.purpose and c.state in ('GRANTED', 'RESTRICTED')) then
    raise exception 'nothing to replace' using errcode = 'CN005';
  end if;
  return new;
end $$;
create trigger limits before insert on consent for each row execute function limit_requests();

create function may_follow(former text, next text) returns boolean
  language sql immutable
  return case former
    when 'REQUESTED' then next in ('GRANTED', 'REFUSED', 'EXPIRED')
    when 'GRANTED' then next in ('RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED')
    when 'RESTRICTED' then next in ('REVOKED', 'EXPIRED', 'SUPERSEDED')
    else former is null and next = 'REQUESTED'
  end;

-- Monday to Friday; public holidays are not left out, so a day is never later than the law's.
create function add_working_days(day date, working_days integer) returns date
  language sql immutable
  return (select d::date from generate_series(day + 1, day + 7 + 2 * working_days, interval '1 day') d
           where extract(isodow from d) < 6 order by d offset working_days - 1 limit 1);

create function without(list text[], other text[]) returns text[]
  language sql immutable
  return (select coalesce(array_agg(item order by item), '{}') from unnest(list) item where item <> all (other));

create function shared_by(list text[], other text[]) returns text[]
  language sql immutable strict
  return (select coalesce(array_agg(item order by item), '{}') from unnest(list) item where item = any (other));
