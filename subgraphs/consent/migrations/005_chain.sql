-- The state machine: every version is a step from the one before, and stands on its hash.

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
