import type { ClientBase } from 'pg'
import { exportTitle, textFromLine } from '../../evidence/export-lines.ts'

type LeafRow = {
  leaf_index: string
  writer: string | null
  key_id: string | null
  counter: string
  record: string
  leaf: Buffer
  previous: Buffer | null
  signature: Buffer | null
  body: string | null
  entries: string[] | null
}

const leavesStatement = `
  select l.leaf_index, w.name as writer, w.key_id, l.counter, l.record_id as record, l.leaf_hash as leaf, c.previous, c.signature,
    convert_from(d.body, 'UTF8') as body, (select array_agg(convert_from(e.body, 'UTF8') order by e.id) from disclosure_entry as e
      where d.id is not null and e.id > l.record_id and e.id <= (left(l.record_id::text, 32) || 'ffff')::uuid) as entries
  from leaf as l
  left join writer as w on w.id = l.writer_id
  left join commitment as c on c.writer_id = l.writer_id and c.counter = l.counter
  left join disclosure as d on d.id = l.record_id
  where l.leaf_index > $1 order by l.leaf_index limit $2`

const page = 2000

/**
 * The whole log as the lines of an export, each with its end, from one snapshot. Says what is stored, right or wrong:
 * whoever verifies judges it. Takes a connection as `oversight_app` for itself.
 */
export async function* exportLog(client: ClientBase): AsyncGenerator<string> {
  await client.query('begin isolation level repeatable read read only')
  const numbers = new Map<string, number>()
  const write = (line: Parameters<typeof textFromLine>[0]): string =>
    `${textFromLine(line, (writer) => numbers.get(writer) ?? 0)}\n`
  const { rows: heads } = await client.query<{ size: string; token: string }>(
    'select size, token from tree_head order by size',
  )
  yield `${exportTitle}\n`
  let leaves = 0
  let head = 0
  for (let last = -1, isWhole = true; isWhole;) {
    const { rows } = await client.query<LeafRow>(leavesStatement, [last, page])
    isWhole = rows.length === page
    for (const row of rows) {
      last = Number(row.leaf_index)
      const writer = row.writer ?? ''
      if (!numbers.has(writer)) {
        numbers.set(writer, numbers.size + 1)
        yield write({ kind: 'writer', writer, keyId: row.key_id ?? '' })
      }
      yield write({
        kind: 'leaf',
        writer,
        counter: Number(row.counter),
        record: row.record,
        leaf: row.leaf.toString('base64url'),
        previous: row.previous?.toString('base64url') ?? null,
        signature: row.signature?.toString('base64url') ?? '',
        body: row.body,
        entries: row.entries ?? [],
      })
      leaves += 1
      for (; Number(heads[head]?.size) <= leaves; head += 1)
        yield write({ kind: 'head', token: heads[head]?.token ?? '' })
    }
  }
  for (const { token } of heads.slice(head)) yield write({ kind: 'head', token })
  yield write({ kind: 'end', leaves })
  await client.query('commit')
}
