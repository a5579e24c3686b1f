import { linkageRole } from '../../subgraphs/statistics/linkage/linkage-role.ts'
import { refresh, type RefreshOptions, type RefreshReport } from '../../subgraphs/statistics/linkage/refresh.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import type { TestDatabase } from './create-test-database.ts'

const names = ['population', 'land', 'health', 'social-security', 'catalogue', 'statistics'] as const

/** How the linkage connects to the databases of a test. */
export function linkageOf(databases: ReadonlyMap<string, TestDatabase>): RefreshOptions['databases'] {
  return Object.fromEntries(names.map((name) => [name, databases.get(name)?.as(linkageRole(name))])) as never
}

/** The day that tests count on, unless they say another. */
export const countedOn = new Date('2026-11-15T05:00:00Z')

/** Counts and publishes in this process, with a rounding secret that is the same each time. */
export async function fillStatistics(
  databases: ReadonlyMap<string, TestDatabase>,
  { now = countedOn, communes = null }: Partial<Pick<RefreshOptions, 'now' | 'communes'>> = {},
): Promise<RefreshReport> {
  await withClient(databases.get('statistics')?.superuser ?? {}, (client) =>
    client.query("update rounding_secret set secret = sha256('only for tests')"),
  )
  return refresh({ databases: linkageOf(databases), now, communes })
}
