import type { ClientBase } from 'pg'

/** Commitments without a leaf, oldest first within a writer, get the next places of the one order. */
const appendLeaves = `
  insert into leaf (leaf_index, writer_id, counter, record_id, leaf_hash)
  select next.index + row_number() over (order by pending.writer_id, pending.counter) - 1,
    pending.writer_id, pending.counter, pending.record_id, pending.leaf_hash
  from (select coalesce(max(leaf_index) + 1, 0) as index from leaf) as next, (
    select c.*
    from writer as w
    cross join lateral (select coalesce(max(l.counter), 0) as counter from leaf as l where l.writer_id = w.id) as done
    cross join lateral (
      select * from commitment as c where c.writer_id = w.id and c.counter > done.counter order by c.counter limit $2
    ) as c
    where $1::text[] is null or w.name = any($1)
    limit $2
  ) as pending`

/** Leaves made by one statement at most. */
const batch = 2000

/**
 * Gives every committed record of these writers (of all, for null) that has none its leaf, and their number. Order after
 * commit: only what is durable is seen. Safe beside another sequencer, of which one then fails on the index.
 */
export async function sequenceLeaves(client: ClientBase, writers: readonly string[] | null): Promise<number> {
  let made = 0
  for (;;) {
    const { rowCount } = await client.query({ name: 'append-leaves', text: appendLeaves, values: [writers, batch] })
    made += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return made
  }
}
