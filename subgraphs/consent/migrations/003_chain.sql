-- The state machine. Errors: CN001 no such step, CN002 too many requests, CN003 not this person's to decide,
-- CN004 another text than the one shown, CN005 outside what was asked, CN006 sign-in too weak, CN007 over.

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

-- Who may confirm, refuse, restrict or withdraw. The subject always may end; only a capable adult may begin alone.
create function may_decide(role text, person text, subject text) returns boolean
  language sql stable
  return case role
    when 'SUBJECT' then person = subject
    when 'REPRESENTATIVE' then is_representative(person, subject)
    else false
  end;

create function check_confirmation() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head consent;
  asked consent_version;
begin
  select * into strict head from consent c where c.id = new.consent_id for update;
  if head.state is distinct from 'REQUESTED' then
    raise exception 'nothing is asked' using errcode = 'CN001';
  end if;
  select * into strict asked from consent_version v where v.consent_id = head.id and v.version = head.version;
  if least(head.answer_by, asked.not_after) <= new.at then
    raise exception 'the time to answer is over' using errcode = 'CN007';
  end if;
  -- For a capable adult only they themselves; the dead and unknown for nobody.
  if class_today(head.subject) is null or class_today(head.subject) in ('DECEASED', 'CHILD_UNDER_7', 'REPRESENTED') and new.role = 'SUBJECT'
    or not may_decide(new.role, new.person, head.subject) then
    raise exception 'not for this person to confirm' using errcode = 'CN003';
  end if;
  if new.notice_hash <> asked.notice_hash then
    raise exception 'another text was shown' using errcode = 'CN004';
  end if;
  if not new.coordinates <@ asked.coordinates then
    raise exception 'more than was asked' using errcode = 'CN005';
  end if;
  if new.coordinates && asked.sensitive and new.authn_level < 3 then
    raise exception 'sensitive data wants authentication level 3' using errcode = 'CN006';
  end if;
  return new;
end $$;
create trigger confirmed before insert on consent_confirmation for each row execute function check_confirmation();

-- The confirmations a grant of these coordinates rests on: how many are wanted, how many are there.
create function grant_basis(asked consent_version, granted text[], out wanted integer, out given integer, out written boolean, out co_consent boolean, out on_behalf boolean)
  language sql stable as $$
  with kind as (
    select class_today(c.subject) as class from consent c where c.id = asked.consent_id
  ), needed as (
    select unnest(case
      when class = 'ADULT' then '{SUBJECT}'::text[]
      when class = 'CHILD_7_17' and granted && asked.sensitive then '{SUBJECT,REPRESENTATIVE}'
      when class in ('CHILD_UNDER_7', 'CHILD_7_17', 'REPRESENTED') then '{REPRESENTATIVE}'
      else '{NOBODY}'
    end) as role from kind
  ), found as (
    select n.role, (
      select f from consent_confirmation f join consent c on c.id = f.consent_id
       where f.consent_id = asked.consent_id and f.role = n.role and granted <@ f.coordinates
         and f.notice_hash = asked.notice_hash and may_decide(f.role, f.person, c.subject)
       order by f.method = 'WRITTEN' desc, f.at limit 1) as confirmation
      from needed n
  )
  select count(*)::integer, count(confirmation)::integer,
         coalesce(bool_and((confirmation).method = 'WRITTEN'), false), count(confirmation) = 2, bool_or(role = 'REPRESENTATIVE')
    from found
$$;

-- What the confirmations given so far grant: null while one is awaited. Where two are wanted, what both agree to.
create function granted_so_far(consent uuid) returns text[]
  language sql stable
  return (
    select case class_today(c.subject)
        when 'ADULT' then own.coordinates
        when 'CHILD_7_17' then case when other.coordinates && v.sensitive then shared_by(other.coordinates, own.coordinates) else other.coordinates end
        when 'DECEASED' then null
        else other.coordinates
      end
      from public.consent c
      join consent_version v on v.consent_id = c.id and v.version = c.version
      left join consent_confirmation own on own.consent_id = c.id and own.role = 'SUBJECT'
      left join lateral (
        select f.coordinates from consent_confirmation f
         where f.consent_id = c.id and f.role = 'REPRESENTATIVE' and is_representative(f.person, c.subject)
         order by f.at limit 1) other on true
     where c.id = granted_so_far.consent);

create function extend_chain() returns trigger
  language plpgsql security definer set search_path = public, pg_temp set timezone = 'UTC' as $$
declare
  head consent;
  former consent_version;
  basis record;
begin
  select * into strict head from consent c where c.id = new.consent_id for update;
  if not may_follow(head.state, new.state) then
    raise exception 'no step from % to %', coalesce(head.state, 'nothing'), new.state using errcode = 'CN001';
  end if;
  new.version := head.version + 1;
  -- Only whoever fills the database can name a time; to the application the column is closed.
  new.at := coalesce(new.at, clock_timestamp());

  if new.version = 1 then
    new.not_before := coalesce(new.not_before, new.at);
    new.excluded := '{}';
    new.written := false;
    new.co_consent := false;
    new.on_behalf := false;
    if new.not_after <= new.at then
      raise exception 'over before it begins' using errcode = 'CN007';
    end if;
  else
    select * into strict former from consent_version v where v.consent_id = head.id and v.version = head.version;
    -- What was asked stays as it was asked; only the list may shrink, and only by a grant.
    if new.state <> 'GRANTED' then
      new.coordinates := former.coordinates;
    elsif new.coordinates is null or not new.coordinates <@ former.coordinates then
      raise exception 'more than was asked' using errcode = 'CN005';
    end if;
    new.excluded := former.excluded || without(former.coordinates, new.coordinates);
    new.sensitive := shared_by(former.sensitive, new.coordinates);
    new.controllers := former.controllers;
    new.mode := former.mode;
    new.data_from := former.data_from;
    new.data_to := former.data_to;
    new.not_before := former.not_before;
    new.not_after := former.not_after;
    new.max_reads := former.max_reads;
    new.retention_days := former.retention_days;
    new.schema_hash := former.schema_hash;
    new.consequence_vi := former.consequence_vi;
    new.consequence_en := former.consequence_en;
    new.notice_hash := former.notice_hash;
    new.sensitive_notice := former.sensitive_notice;
    new.written := former.written;
    new.co_consent := former.co_consent;
    new.on_behalf := former.on_behalf;
    new.prev_hash := former.hash;
    if new.actor <> 'SYSTEM' and least(former.not_after, case head.state when 'REQUESTED' then head.answer_by end) <= new.at
      and new.state <> 'REVOKED' then
      raise exception 'over' using errcode = 'CN007';
    end if;
    if new.actor <> 'SYSTEM' and not may_decide(new.actor, new.actor_person, head.subject) then
      raise exception 'not for this person to decide' using errcode = 'CN003';
    end if;
  end if;

  if new.state = 'GRANTED' then
    select * into basis from grant_basis(former, new.coordinates);
    if basis.given < basis.wanted or not exists (
      select from consent_confirmation f where f.consent_id = head.id and f.person = new.actor_person) then
      raise exception 'not confirmed by all whose confirmation it needs' using errcode = 'CN003';
    end if;
    new.written := basis.written;
    new.co_consent := basis.co_consent;
    new.on_behalf := basis.on_behalf;
  end if;
  if new.state in ('RESTRICTED', 'REVOKED') then
    new.acknowledge_by := add_working_days(day_of(new.at), 2);
    new.done_by := day_of(new.at) + 15;
    new.done_by_processor := day_of(new.at) + 20;
  end if;
  new.hash := version_hash(head, new);
  update consent c set version = new.version, state = new.state, ends_at = natural_end(head, new) where c.id = head.id;
  return new;
end $$;

-- When what a version says ends by itself: with its validity, with the time to answer, with a child's coming of age.
create function natural_end(head consent, said consent_version) returns timestamptz
  language sql stable
  return case
    when said.state = 'REQUESTED' then least(said.not_after, head.answer_by)
    when said.state in ('GRANTED', 'RESTRICTED') then least(said.not_after, case when said.on_behalf then (
      select (latest_birth(s.born_on) + interval '18 years') at time zone 'Asia/Ho_Chi_Minh'
        from subject s where s.personal_id = head.subject and not s.represented) end)
  end;

-- SHA-256 over the hash before, the identity of the consent and everything the version says.
create function version_hash(head consent, said consent_version) returns bytea
  language sql stable set timezone = 'UTC'
  return sha256(coalesce(said.prev_hash, ''::bytea) || convert_to(
    (to_jsonb(head) - '{version,state,reads_used,ends_at}'::text[])::text || (to_jsonb(said) - '{id,hash,prev_hash}'::text[])::text, 'UTF8'));

create trigger chained before insert on consent_version for each row execute function extend_chain();

-- True where every version still hashes to what it says and stands on the one before.
create function is_chain_whole(consent uuid) returns boolean
  language sql stable
  return (
    select bool_and(v.hash = version_hash(c, v) and v.prev_hash is not distinct from before.hash) and count(*) = max(c.version)
      from consent_version v join public.consent c on c.id = v.consent_id
      left join consent_version before on before.consent_id = v.consent_id and before.version = v.version - 1
     where v.consent_id = is_chain_whole.consent);

-- A head without a first version is no request.
create function need_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from consent_version v where v.consent_id = new.id) then
    raise exception 'a consent begins with its request' using errcode = 'CN001';
  end if;
  return null;
end $$;
create constraint trigger begun after insert on consent deferrable initially deferred for each row execute function need_version();
