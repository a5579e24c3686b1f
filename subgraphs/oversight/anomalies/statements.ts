/**
 * What is worth a look, each as one statement over the log. $1 and $2: from when until when. All give
 * `organisation, staff, subject, purpose, detail, first_at, last_at, count, records`, the newest 100.
 */
export type SignKind = 'OWN_RELATIVE' | 'NO_CASE' | 'OUTSIDE_OFFICE_HOURS' | 'READ_BY_MANY' | 'ENUMERATION'

const behind = `min(r.at) as first_at, max(r.at) as last_at, count(distinct r.record) as count,
  (array_agg(distinct r.record::text order by r.record::text desc))[1:20] as records`
const newest = 'order by last_at desc, 1, 2, 3, 4 limit 100'

export const statements: Readonly<Record<SignKind, string>> = {
  // Refused tries too: who looks up a relative wanted to know.
  OWN_RELATIVE: `
    select r.organisation, r.staff, r.subject, null as purpose, min(s.kind) as detail, ${behind}
    from readings($1, $2) as r join staff_relation as s on s.staff_code = r.staff and s.subject = r.subject
    group by r.organisation, r.staff, r.subject ${newest}`,
  // $3: readings it takes to say what is usual; $4: the share of them that had a case.
  NO_CASE: `
    with usual as (
      select purpose from readings($2::timestamptz - interval '30 days', $2) where is_counted and caller_kind = 'OFFICIAL' group by purpose
      having count(distinct record) >= $3 and count(distinct record) filter (where case_number is not null) >= $4::float8 * count(distinct record))
    select r.organisation, r.staff, null as subject, r.purpose, null as detail, ${behind}
    from readings($1, $2) as r join usual using (purpose)
    where r.is_counted and r.caller_kind = 'OFFICIAL' and r.case_number is null
    group by r.organisation, r.staff, r.purpose ${newest}`,
  // $3: time zone; $4: days of the week; $5, $6: from, to; $7: purposes that know no office hours.
  OUTSIDE_OFFICE_HOURS: `
    select r.organisation, r.staff, null as subject, r.purpose, null as detail, ${behind}
    from readings($1, $2) as r, lateral (select r.at at time zone $3 as here) as local
    where r.is_counted and r.caller_kind = 'OFFICIAL' and not coalesce(r.purpose = any ($7::text[]), false)
      and not (extract(isodow from here) = any ($4::int[]) and here::time >= $5::time and here::time < $6::time)
    group by r.organisation, r.staff, r.purpose ${newest}`,
  // $3: time zone; $4: callers on one day.
  READ_BY_MANY: `
    select null as organisation, null as staff, r.subject, null as purpose, count(distinct (r.organisation, r.staff))::text as detail, ${behind}
    from readings($1, $2) as r
    where r.is_counted
    group by r.subject, (r.at at time zone $3)::date having count(distinct (r.organisation, r.staff)) >= $4 ${newest}`,
  ENUMERATION: `
    select r.organisation, r.staff, null as subject, r.purpose, count(distinct r.subject)::text as detail, ${behind}
    from readings($1, $2) as r
    where r.code = 'RATE_LIMITED'
    group by r.organisation, r.staff, r.purpose ${newest}`,
}

/** The newest records of an organisation that count against a budget. $3: the organisation; $4: the purpose, '' for all. */
export const recordsOfBudget = `
  select min(r.at) as first_at, max(r.at) as last_at, count(distinct r.record) as count,
    coalesce((array_agg(distinct r.record::text order by r.record::text desc))[1:20], '{}') as records
  from readings($1, $2) as r where r.is_counted and r.organisation = $3 and ($4 = '' or r.purpose = $4)`
