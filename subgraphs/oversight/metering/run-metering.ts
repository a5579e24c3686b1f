import { setTimeout as wait } from 'node:timers/promises'
import type { ClientBase, Pool } from 'pg'

/** Leaves added up by one statement at most. */
const batch = 5000
const lookAgainMs = 5000

/** Adds up every leaf there is and gives their number; nothing while another process does it. */
export async function meterAll(
  database: Pick<ClientBase, 'query'> | Pick<Pool, 'query'>,
  most = batch,
): Promise<number> {
  let taken = 0
  for (;;) {
    const { rows } = await database.query<{ taken: string }>({
      name: 'meter-disclosures',
      text: 'select meter_disclosures($1) as taken',
      values: [most],
    })
    const step = Number(rows[0]?.taken ?? 0)
    taken += step
    if (step < most) return taken
  }
}

/** Keeps use added up behind the log until the signal aborts. Never rejects: what failed is taken up the next time. */
export async function runMetering(pool: Pool, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await meterAll(pool).catch(() => 0)
    await wait(lookAgainMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
