import type { ClientBase, Pool } from 'pg'
import type { Use } from '../../../policy/review/unused-rights.ts'

/** Uses that look alike are one, of the newest time; each retention class is walked by itself: within one, ids follow time. */
const statement = `
  with class as (
    select record_id_bound(code, $1) as lower, record_id_bound((code + 1)::smallint, 'epoch') as upper from retention_class
  )
  select to_json(max(d.at)) #>> '{}' as at, d.caller_kind as kind, d.organisation, d.roles, d.actor_code is not null as delegated, d.purpose,
    e.coordinates, e.outcome, e.rule
  from class join disclosure as d on d.id >= class.lower and d.id < class.upper and d.at >= $1
  join disclosure_entry as e on e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
  where e.outcome in ('ALLOW', 'MASK')
  group by d.caller_kind, d.organisation, d.roles, d.actor_code is not null, d.purpose, e.coordinates, e.outcome, e.rule`

/** What the log shows of rights in use since then. It names nobody. */
export async function usesFromLog(database: ClientBase | Pool, since: Date): Promise<Use[]> {
  const { rows } = await database.query<Use>({ name: 'uses', text: statement, values: [since] })
  return rows
}
