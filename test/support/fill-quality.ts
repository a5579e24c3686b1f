import { loadGraph } from '../../schema/load-graph.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { measureQuality, type QualityReport } from '../../subgraphs/statistics/quality/measure-quality.ts'
import { loggedCoordinates, qualityDatabases } from '../../subgraphs/statistics/quality/quality-sources.ts'
import type { TestDatabase } from './create-test-database.ts'
import { countedOn } from './fill-statistics.ts'

/** How a measuring connects to the databases of a test. */
export const qualityOf = (databases: ReadonlyMap<string, TestDatabase>) =>
  qualityDatabases((name, role) => databases.get(name)?.as(role) ?? {})

/** Measures in this process, with a rounding secret that is the same each time. */
export async function fillQuality(
  databases: ReadonlyMap<string, TestDatabase>,
  now: Date = countedOn,
): Promise<QualityReport> {
  await withClient(databases.get('statistics')?.superuser ?? {}, (client) =>
    client.query("update rounding_secret set secret = sha256('only for tests')"),
  )
  return measureQuality({ databases: qualityOf(databases), coordinates: loggedCoordinates(loadGraph().classes), now })
}
