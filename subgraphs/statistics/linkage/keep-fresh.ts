import { setTimeout as wait } from 'node:timers/promises'
import type { SubgraphServices } from '../../kit/types.ts'
import { linkageRole } from './linkage-role.ts'
import { runRefresh } from './run-refresh.ts'

/** How old the count may get before everything is counted again. */
const ageMs = 24 * 3600 * 1000
const lookAgainMs = 10 * 60 * 1000
const linked = ['population', 'land', 'health', 'social-security', 'catalogue', 'statistics'] as const

/**
 * Keeps the store counted until the signal aborts: at once where it is empty or a day old, then each day. Never rejects: a
 * failure leaves what is published, whose age everybody sees, and is tried again.
 */
export async function keepFresh(
  { pool, databaseOf, clock, report }: SubgraphServices,
  signal: AbortSignal,
): Promise<void> {
  if (databaseOf === undefined) return
  while (!signal.aborted) {
    const counted = await pool
      .query<{ as_of: string | null }>('select max(as_of) as as_of from release')
      .then(({ rows }) => ({ asOf: rows[0]?.as_of ?? null }))
      .catch(() => undefined)
    const isDue = counted?.asOf === null || (counted?.asOf ?? '') < new Date(clock().getTime() - ageMs).toISOString()
    if (counted !== undefined && isDue) {
      const databases = Object.fromEntries(linked.map((name) => [name, databaseOf(name, linkageRole(name))]))
      const order = { databases: databases as Record<(typeof linked)[number], object>, now: clock(), communes: null }
      const answer = await runRefresh(order, signal)
      if ('failed' in answer && !signal.aborted) report?.(`statistics: the count failed (${answer.failed})`)
    }
    await wait(lookAgainMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
