import type { ClientBase, Pool } from 'pg'
import type { LogProof } from '../../evidence/log-proof.ts'
import { inclusionPlan } from '../../evidence/merkle/proof-plans.ts'
import { proofHashes } from './log-tree.ts'

type ProofRow = {
  leaf_index: string
  writer: string
  key_id: string
  counter: string
  record: string
  leaf: Buffer
  previous: Buffer | null
  signature: Buffer
  body: string | null
  entries: { id: string; body: string }[] | null
  size: string | null
  head: string | null
}

const proofStatement = `
  select l.leaf_index, w.name as writer, w.key_id, l.counter, l.record_id as record, l.leaf_hash as leaf, c.previous, c.signature,
    convert_from(d.body, 'UTF8') as body, h.size, h.token as head,
    (select json_agg(json_build_object('id', e.id, 'body', convert_from(e.body, 'UTF8')) order by e.id) from disclosure_entry as e
      where d.id is not null and e.id > l.record_id and e.id <= (left(l.record_id::text, 32) || 'ffff')::uuid) as entries
  from leaf as l
  join writer as w on w.id = l.writer_id
  join commitment as c on c.writer_id = l.writer_id and c.counter = l.counter
  left join disclosure as d on d.id = l.record_id
  left join lateral (select size, token from tree_head order by size desc limit 1) as h on h.size > l.leaf_index
  where l.record_id = $1`

/**
 * What shows that a record is in the log, under the newest head; null where there is none by this id, or no head covers
 * it yet. With `entryId`, that entry alone is shown, by its own id (the record's with an ordinal).
 */
export async function readProof(
  client: ClientBase | Pool,
  recordId: string,
  entryId: string | null = null,
): Promise<LogProof | null> {
  const { rows } = await client.query<ProofRow>({ name: 'proof', text: proofStatement, values: [recordId] })
  const row = rows[0]
  if (row === undefined || row.head === null) return null
  const leafIndex = Number(row.leaf_index)
  const path = await proofHashes(client, inclusionPlan(leafIndex, Number(row.size)))
  const record = {
    record: row.record,
    leaf: row.leaf.toString('base64url'),
    writer: row.writer,
    counter: Number(row.counter),
    previous: row.previous?.toString('base64url') ?? null,
    signature: row.signature.toString('base64url'),
    body: row.body,
    entries: (row.entries ?? []).map(({ id, body }) => (entryId === null || id === entryId ? body : null)),
  }
  return { version: 1, record, keyId: row.key_id, leafIndex, path, head: row.head }
}

/** The record an entry belongs to, by the entry's id. */
export function recordOfEntry(entryId: string): string {
  return `${entryId.slice(0, 32)}0000`
}
