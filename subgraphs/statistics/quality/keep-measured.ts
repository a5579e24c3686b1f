import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { SubgraphServices } from '../../kit/types.ts'
import { columnTypes } from '../../kit/postgres/column-types.ts'
import { linkageRole } from '../linkage/linkage-role.ts'
import { failureCode } from './failure-code.ts'
import { probeDatabases } from './probe-databases.ts'
import { loggedCoordinates, qualityDatabases } from './quality-sources.ts'
import { runQuality } from './run-quality.ts'

/** How old the measures may get before everything is measured again. */
const ageMs = 24 * 3600 * 1000
const lookAgainMs = 10 * 60 * 1000
/** A start is busy: what is called then answers later than it ever does again. */
const settlingMs = 20 * 1000

/**
 * Calls the databases every ten minutes, and measures their data first where that was never done and then each day,
 * until the signal aborts. Never rejects: a failure leaves what was measured, whose age everybody sees.
 */
export async function keepMeasured(services: SubgraphServices, signal: AbortSignal): Promise<void> {
  const { databaseOf, graph, clock, report } = services
  if (databaseOf === undefined) return
  await wait(settlingMs, undefined, { signal, ref: false }).catch(() => undefined)
  while (!signal.aborted) {
    try {
      const databases = qualityDatabases(databaseOf)
      if (await isDueAfterProbe(databases, clock(), signal)) {
        const coordinates = loggedCoordinates(graph.classes)
        const answer = await runQuality({ databases, coordinates, now: clock() }, signal)
        if ('failed' in answer && !signal.aborted) report?.(`statistics: the count failed (quality: ${answer.failed})`)
      }
    } catch (error) {
      if (!signal.aborted) report?.(`statistics: the count failed (quality: ${failureCode(error)})`)
    }
    await wait(lookAgainMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

async function isDueAfterProbe(
  databases: ReturnType<typeof qualityDatabases<object>>,
  now: Date,
  signal: AbortSignal,
): Promise<boolean> {
  const store = new Client({
    ...databases['statistics'],
    application_name: linkageRole('statistics'),
    types: columnTypes,
  })
  store.on('error', () => undefined)
  try {
    await store.connect()
    await probeDatabases(store, databases, now)
    const { rows } = await store.query<{ tried: string | null }>(
      `select max(attempted_at) as tried from quality_measure where indicator <> 'CONNECTED'`,
    )
    const tried = rows[0]?.tried ?? null
    return !signal.aborted && (tried === null || tried < new Date(now.getTime() - ageMs).toISOString())
  } finally {
    await store.end().catch(() => undefined)
  }
}
