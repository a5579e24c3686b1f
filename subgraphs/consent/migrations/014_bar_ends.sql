-- A finding of UNJUSTIFIED bars who declared the emergency from declaring another for so long, and no longer for ever.
alter table guard_settings
  add bar_lasts interval not null default '90 days' check (bar_lasts between '1 day' and '5 years');

-- Opens an emergency for one person to one caller. An unknown number is taken like any other: nothing is told of it.
create or replace function declare_emergency(
  person text, org text, org_vi text, org_en text, staff text, staff_code text, subject_code text, reason text, note text)
returns table (number text, ends_at timestamptz, coordinates text[])
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  set_to guard_settings;
begin
  select * into strict set_to from guard_settings;
  perform pg_advisory_xact_lock(hashtextextended('emergency:' || declare_emergency.staff, 0));
  if exists (select from emergency_now e where e.staff = declare_emergency.staff
         and (e.state = 'OVERDUE' or e.state = 'UNJUSTIFIED' and e.reviewed_at > clock_timestamp() - set_to.bar_lasts)) then
    raise exception 'an earlier emergency is in the way' using errcode = 'CN009';
  end if;
  if (select count(*) from emergency e where e.staff = declare_emergency.staff
         and e.declared_at > clock_timestamp() - interval '1 day') >= set_to.emergencies_a_day then
    raise exception 'too many emergencies' using errcode = 'CN010';
  end if;
  number := 'CC-' || extract(year from today()) || '-' || lpad(nextval('emergency_number')::text, 6, '0');
  insert into case_file (number, kind, procedure_code, procedure_vi, procedure_en, org, org_vi, org_en, coordinates, ends_at, registered_by)
  values (number, 'EMERGENCY', 'KHAN-CAP', 'Trường hợp khẩn cấp', 'Emergency', declare_emergency.org, declare_emergency.org_vi,
          declare_emergency.org_en, (select array_agg(c.coordinate order by c.coordinate) from emergency_coordinate c),
          now() + set_to.emergency_lasts, declare_emergency.org)
  returning case_file.ends_at, case_file.coordinates into ends_at, coordinates;
  insert into case_subject (case_number, person) values (number, declare_emergency.person);
  insert into case_handler (case_number, kind, ref) values (number, 'STAFF', declare_emergency.staff);
  insert into emergency (case_number, staff, staff_code, subject_code, reason, note, review_by)
  values (number, declare_emergency.staff, declare_emergency.staff_code, declare_emergency.subject_code, declare_emergency.reason,
          declare_emergency.note, now() + set_to.review_within);
  return next;
end $$;
