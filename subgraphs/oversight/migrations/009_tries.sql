-- What organisations tried as claims about whom: so that answers can't be had by trying them all. Subjects and staff as the
-- log's pseudonyms, values as keyed hashes: nothing here says what was claimed. One organisation's tries are nothing to
-- another's: nobody locks another out, or senses that another asked.

create table claim_try (
  organisation text not null,
  subject text not null,
  claim text not null,
  value text not null,
  caller text not null,
  tried_at timestamptz not null,
  primary key (organisation, subject, claim, value, caller)
);
create index claim_try_by_time on claim_try (tried_at);

-- Takes a try of each claim ([{claim, value}]) for a caller and gives those claims of which the caller, or the
-- organisation, has tried as many different values since `p_since` as it may. A value tried before is no new try. The
-- organisation's tries of a person are locked, so calls at the same time never take one too many.
create function reserve_tries(p_organisation text, p_caller text, p_subject text, p_tries jsonb, p_at timestamptz,
  p_since timestamptz, p_of_caller integer, p_of_organisation integer)
returns table (refused text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_try record;
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'oversight/tries', p_organisation, p_subject), 0));
  delete from claim_try where ctid = any (array(
    select t.ctid from claim_try as t where t.tried_at < p_since order by t.tried_at limit 100 for update skip locked));
  for v_try in select t.claim, t.value from jsonb_to_recordset(p_tries) as t (claim text, value text) loop
    if (select count(distinct t.value) from claim_try as t where t.organisation = p_organisation and t.subject = p_subject
          and t.claim = v_try.claim and t.caller = p_caller and t.value <> v_try.value and t.tried_at >= p_since) >= p_of_caller
      or (select count(distinct t.value) from claim_try as t where t.organisation = p_organisation and t.subject = p_subject
          and t.claim = v_try.claim and t.value <> v_try.value and t.tried_at >= p_since) >= p_of_organisation
    then
      refused := v_try.claim;
      return next;
    else
      insert into claim_try values (p_organisation, p_subject, v_try.claim, v_try.value, p_caller, p_at)
      on conflict on constraint claim_try_pkey do update set tried_at = excluded.tried_at where claim_try.tried_at < p_since;
    end if;
  end loop;
end
$$;

alter table claim_try owner to oversight_owner;
alter function reserve_tries(text, text, text, jsonb, timestamptz, timestamptz, integer, integer) owner to oversight_owner;
revoke execute on function reserve_tries(text, text, text, jsonb, timestamptz, timestamptz, integer, integer) from public;
grant execute on function reserve_tries(text, text, text, jsonb, timestamptz, timestamptz, integer, integer) to oversight_writer;
