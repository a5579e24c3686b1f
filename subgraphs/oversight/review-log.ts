import { problem } from '../../policy/errors.ts'
import { pageSizeFrom } from '../kit/cursor.ts'
import type { Row, SubgraphContext, Table } from '../kit/types.ts'
import { pageOf } from './page.ts'
import { positionFromText } from './position.ts'
import { disclosure, disclosureEntry } from './tables.ts'

type Args = Record<string, unknown>

/** Records, newest first, that fit every filter given; each retention class walked by itself, as in the timeline. */
const recordsStatement = `
  with class as (
    select greatest(record_id_bound(code, 'epoch'), record_id_bound(code, $5::timestamptz)) as lower,
      least(record_id_bound((code + 1)::smallint, 'epoch'), record_id_bound(code, $6::timestamptz),
        record_id_bound(code, $7::timestamptz + interval '1 ms')) as upper
    from retention_class
  )
  select d.id::text as key, d.at from class cross join lateral (
    select id, at from disclosure as d
    where id >= class.lower and id < class.upper and ($7::timestamptz is null or (at, id) < ($7, $8::uuid))
      and ($1::text is null or organisation = $1) and ($2::text is null or purpose = $2)
      and ($3::text is null and $4::text is null or exists (
        select from disclosure_entry as e
        where e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
          and ($3::text is null or e.coordinates @> array[$3]) and ($4::text is null or e.outcome = $4)))
    order by id desc limit $9) as d
  order by d.at desc, d.id desc limit $9`

/** The log for the reviewer: all writers' records, subjects and staff as pseudonyms. */
export async function disclosures(args: Args, context: SubgraphContext): Promise<unknown> {
  const size = pageSizeFrom(args['first'])
  const cursors = context.gate.cursors('Query.disclosures', args)
  const after = typeof args['after'] === 'string' ? positionFromText(cursors.open(args['after'])) : null
  const filters = ['organisation', 'purpose', 'coordinate', 'outcome', 'from', 'to'].map((name) => args[name] ?? null)
  const { rows } = await context.services.pool.query<{ key: string; at: string }>({
    name: 'disclosures',
    text: recordsStatement,
    values: [...filters, after?.at ?? null, after?.key ?? null, size + 1],
  })
  return pageOf(rows, size, after !== null, cursors, ({ key }) => rowFrom(disclosure, key))
}

const entriesStatement = `
  select id::text as key, at from disclosure_entry
  where id > coalesce($2::uuid, $1::uuid) and id <= (left($1::uuid::text, 32) || 'ffff')::uuid order by id limit $3`

/** The entries of one record in their order. */
export async function entriesOf(record: Row, args: Args, context: SubgraphContext): Promise<unknown> {
  const size = pageSizeFrom(args['first'])
  const cursors = context.gate.cursors('Disclosure.entries', { ...args, record: record.key })
  const after = typeof args['after'] === 'string' ? positionFromText(cursors.open(args['after'])) : null
  const { rows } = await context.services.pool.query<{ key: string; at: string }>({
    name: 'disclosure-entries',
    text: entriesStatement,
    values: [record.key, after?.key ?? null, size + 1],
  })
  return pageOf(rows, size, after !== null, cursors, ({ key }) => rowFrom(disclosureEntry, key))
}

/** The record a sealed id of this caller stands for. Throws BAD_USER_INPUT for anything else. */
export function recordKey(args: Args, context: SubgraphContext): string {
  const key = context.services.ids.open(String(args['id']), 'Disclosure', context.principal.audience)
  if (key === null)
    throw problem('BAD_USER_INPUT', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' })
  return key
}

/** Records speak of pseudonyms: no person stands in their rows. */
export function rowFrom(table: Table, key: string): Row {
  return { __typename: table.type, table, key, persons: [], personsByField: {}, place: [], when: null, exists: true }
}
