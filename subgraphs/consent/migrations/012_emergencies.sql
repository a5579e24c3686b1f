-- Break-glass: a case that one official opens alone to save a life, and that a reviewer closes (Law 91/2025 Art. 19(1)(a)
-- puts the burden of proof on whoever reads).

-- What an emergency opens and nothing else; a test holds it to the rules.
create table emergency_coordinate (
  coordinate text primary key check (are_coordinates(array[coordinate]))
);
insert into emergency_coordinate values
  ('Citizen.fullName'), ('Citizen.dateOfBirth'), ('Citizen.sex'), ('Citizen.bloodType'),
  ('Citizen.healthRecord'), ('HealthRecord.bloodType'), ('HealthRecord.allergies'), ('HealthRecord.chronicConditions'),
  ('Allergy.substance'), ('Allergy.reaction'), ('Allergy.severity'),
  ('Citizen.visits'), ('Visit.admittedAt'), ('Visit.prescriptions'),
  ('Prescription.drug'), ('Prescription.strength'), ('Prescription.directions'), ('Prescription.days'), ('Prescription.prescribedOn');

create table emergency (
  case_number  text primary key references case_file,
  staff        text not null check (length(staff) between 1 and 200),
  -- Who, and about whom, as the disclosure log names them: all a reviewer sees.
  staff_code   text not null check (length(staff_code) between 10 and 64),
  subject_code text not null check (length(subject_code) between 10 and 64),
  reason       text not null check (reason in ('LIFE_THREAT', 'UNABLE_TO_ANSWER', 'MASS_CASUALTY', 'OTHER')),
  -- May speak of the patient: classified, and in no log.
  note         text check (length(note) between 1 and 500),
  declared_at  timestamptz not null default clock_timestamp(),
  review_by    timestamptz not null
);
create index emergency_staff on emergency (staff, declared_at);

-- What the last reviewer found holds; each says it once.
create table emergency_review (
  case_number text not null references emergency,
  reviewer    text not null check (length(reviewer) between 1 and 200),
  org         text not null,
  finding     text not null check (finding in ('JUSTIFIED', 'UNJUSTIFIED')),
  note        text not null check (length(note) between 1 and 500),
  at          timestamptz not null default clock_timestamp(),
  primary key (case_number, reviewer)
);

create view emergency_now with (security_invoker = true) as
select e.case_number, f.org, f.org_vi, f.org_en, f.coordinates, s.person, e.staff, e.staff_code, e.subject_code, e.reason, e.note,
       f.opened_at, least(f.closed_at, f.ends_at) as ends_at, e.review_by, r.at as reviewed_at, r.note as review_note,
       case
         when r.finding is not null then r.finding
         when now() >= e.review_by then 'OVERDUE'
         when is_open(f) then 'OPEN'
         else 'ENDED'
       end as state
  from emergency e
  join case_file f on f.number = e.case_number
  join case_subject s on s.case_number = e.case_number
  left join lateral (
    select * from emergency_review r where r.case_number = e.case_number order by r.at desc, r.reviewer limit 1) r on true;

create sequence emergency_number maxvalue 999999 cycle;

-- Opens an emergency for one person to one caller. An unknown number is taken like any other: nothing is told of it.
create function declare_emergency(
  person text, org text, org_vi text, org_en text, staff text, staff_code text, subject_code text, reason text, note text)
returns table (number text, ends_at timestamptz, coordinates text[])
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  set_to guard_settings;
begin
  select * into strict set_to from guard_settings;
  perform pg_advisory_xact_lock(hashtextextended('emergency:' || declare_emergency.staff, 0));
  if exists (select from emergency_now e where e.staff = declare_emergency.staff and e.state in ('OVERDUE', 'UNJUSTIFIED')) then
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

create function check_review() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  opened case_file;
begin
  select * into strict opened from case_file f where f.number = new.case_number for update;
  if opened.org = new.org or exists (select from emergency e where e.case_number = new.case_number and e.staff = new.reviewer) then
    raise exception 'nobody reviews their own' using errcode = 'CN008';
  end if;
  new.at := clock_timestamp();
  -- What was found wrong ends at once; what was found right runs out its time, for somebody may be on the table.
  if new.finding = 'UNJUSTIFIED' and is_open(opened) then
    update case_file f set closed_at = clock_timestamp() where f.number = new.case_number;
  end if;
  return new;
end $$;
create trigger checked before insert on emergency_review for each row execute function check_review();

create trigger unchanging before update or delete on emergency for each row execute function refuse_change();
create trigger unchanging before update or delete on emergency_review for each row execute function refuse_change();
create trigger untruncated before truncate on emergency execute function refuse_change();
create trigger untruncated before truncate on emergency_review execute function refuse_change();
