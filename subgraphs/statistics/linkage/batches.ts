import type { Client, QueryResultRow } from 'pg'

const size = 10_000

/**
 * The rows of a query in batches through a cursor, so that any number of them needs the memory of two: one is read while
 * the one before is worked on. Parameters go beside the text, where no log of statements shows them.
 */
export async function* batches<R extends QueryResultRow>(
  client: Client,
  text: string,
  values: readonly unknown[],
): AsyncGenerator<R[]> {
  await client.query('begin read only')
  await client.query(`declare batch no scroll cursor for ${text}`, [...values])
  const fetched = async (): Promise<R[]> => (await client.query<R>(`fetch ${size} from batch`)).rows
  let next = fetched()
  for (;;) {
    const rows = await next
    if (rows.length === 0) break
    next = fetched()
    // Awaited at the next turn; a rejection before that must not end the process.
    next.catch(() => undefined)
    yield rows
  }
  await client.query('commit')
}
