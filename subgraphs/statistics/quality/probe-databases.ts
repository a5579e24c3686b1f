import { Client, type ClientConfig } from 'pg'
import { inTransaction } from '../../kit/postgres/in-transaction.ts'
import { measuredDatabases } from './measured-databases.ts'
import type { Measured } from './measured.ts'
import { saveMeasures } from './save-measures.ts'

/** Milliseconds within which a database is to answer, 19 times of 20. */
const targetMs = 200
/** Milliseconds after which nobody waits any longer. */
const patienceMs = 5000
const query = 'select 1'

/** Calls every database once, and measures how they answered in the last seven days. Rejects where the store is away. */
export async function probeDatabases(
  store: Client,
  databases: Readonly<Record<string, ClientConfig>>,
  now: Date,
): Promise<void> {
  const probes = await Promise.all(
    measuredDatabases.map(async ({ name }) => ({ database: name, ...(await call(databases[name] ?? {})) })),
  )
  await inTransaction(store, async () => {
    await store.query(
      `insert into quality_probe select database, $2, answered, milliseconds
       from jsonb_to_recordset($1) as x(database text, answered boolean, milliseconds numeric)
       on conflict (database, at) do nothing`,
      [JSON.stringify(probes), now],
    )
    await store.query(`delete from quality_probe where at < $1::timestamptz - interval '7 days'`, [now])
    const { rows } = await store.query<{ database: string; checked: number; failed: number; slow: number | null }>(
      `select database, count(*)::int as checked, (count(*) filter (where not answered))::int as failed,
         percentile_cont(0.95) within group (order by milliseconds) filter (where answered) as slow
       from quality_probe group by database`,
    )
    await saveMeasures(
      store,
      rows.flatMap(({ database, checked, failed, slow }) => [
        connected(database, 'AVAILABILITY', { checked, failed }),
        connected(database, 'LATENCY', { observed: slow === null ? null : Math.round(slow) }),
      ]),
      now,
    )
  })
}

async function call(at: ClientConfig): Promise<{ answered: boolean; milliseconds: number }> {
  const client = new Client({
    ...at,
    application_name: 'quality probe',
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  client.on('error', () => undefined)
  let since = performance.now()
  const answered = await client
    .connect()
    .then(() => {
      // Signing in costs more than the link does, and pools do it once.
      since = performance.now()
      return client.query(query)
    })
    .then(() => true)
    .catch(() => false)
  const milliseconds = performance.now() - since
  await client.end().catch(() => undefined)
  return { answered, milliseconds }
}

function connected(database: string, method: 'AVAILABILITY' | 'LATENCY', outcome: Measured['outcome']): Measured {
  const target = method === 'LATENCY' ? targetMs : null
  return {
    database,
    indicator: 'CONNECTED',
    method,
    type: null,
    field: null,
    part: '',
    query,
    base: 1,
    target,
    outcome,
  }
}
