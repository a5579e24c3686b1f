-- Who may confirm what, and what the confirmations given so far come to.

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
