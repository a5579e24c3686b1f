import { createPseudonyms } from '../kit/log/pseudonym.ts'
import { pageSizeFrom } from '../kit/cursor.ts'
import type { Row, SubgraphContext } from '../kit/types.ts'
import { pageOf } from './page.ts'
import { positionFromText } from './position.ts'
import { accessEvent } from './tables.ts'

/**
 * Entries that speak of one pseudonym ($1), newest first, after a position ($4, $5), at most $6. Three ways in, each by
 * an index that holds nothing the reader must not notice: what was never delayed and is not protective; the same,
 * protective, for the person's own eyes ($2); and what was delayed and may be seen at $3. Each retention class is walked
 * by itself: within one, ids follow time.
 */
const timelineStatement = `
  with class as (
    select record_id_bound(code, 'epoch') as lower,
      coalesce(record_id_bound(code, $4::timestamptz + interval '1 ms'), record_id_bound((code + 1)::smallint, 'epoch')) as upper
    from retention_class
  ), found as (
    select e.id, e.at from class cross join lateral (
      select id, at from disclosure_entry
      where subject = $1 and not protective and reveal_after is null
        and id >= class.lower and id < class.upper and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
      order by id desc limit $6) as e
    union all
    select e.id, e.at from class cross join lateral (
      select id, at from disclosure_entry
      where subject = $1 and protective and $2::boolean and reveal_after is null
        and id >= class.lower and id < class.upper and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
      order by id desc limit $6) as e
    union all
    (select id, at from disclosure_entry
    where subject = $1 and reveal_after is not null and reveal_after <= $3::timestamptz and (not protective or $2::boolean)
      and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
    order by at desc, id desc limit $6)
  )
  select id::text as key, at from found order by at desc, id desc limit $6`

/**
 * Who looked at a citizen's data, newest first. Delayed entries are as if they were not there until their day, and a
 * representative never gets the protective ones: neither page, count, cursor nor order tells of them.
 */
export async function timeline(citizen: Row, args: Record<string, unknown>, context: SubgraphContext): Promise<unknown> {
  const { services, principal } = context
  const size = pageSizeFrom(args['first'])
  const cursors = context.gate.cursors('Citizen.accessHistory', { ...args, citizen: citizen.key })
  const after = typeof args['after'] === 'string' ? positionFromText(cursors.open(args['after'])) : null
  const isOwn = principal.personalId === citizen.key
  const subject = createPseudonyms(services.keys.pseudonym).subject(citizen.key)
  const { rows } = await services.pool.query<{ key: string; at: string }>({
    name: 'timeline',
    text: timelineStatement,
    values: [subject, isOwn, services.clock(), after?.at ?? null, after?.key ?? null, size + 1],
  })
  const about = { persons: [citizen.key], personsByField: { subject: [citizen.key] }, place: [], when: null, exists: true }
  return pageOf(rows, size, after !== null, cursors, ({ key }) => ({ ...about, __typename: 'AccessEvent', table: accessEvent, key }))
}
