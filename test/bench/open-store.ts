import { existsSync, writeFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { loadGraph } from '../../schema/load-graph.ts'
import { databaseName } from '../../subgraphs/kit/postgres/database-names.ts'
import { linkageRole } from '../../subgraphs/statistics/linkage/linkage-role.ts'
import { runRefresh } from '../../subgraphs/statistics/linkage/run-refresh.ts'
import { loggedCoordinates, qualityDatabases } from '../../subgraphs/statistics/quality/quality-sources.ts'
import { runQuality } from '../../subgraphs/statistics/quality/run-quality.ts'
import { openOwnCluster, type OwnCluster } from '../support/own-cluster.ts'
import { choosePeople, type People } from './people.ts'
import { seedConsents } from './seed-consents.ts'
import { seedHistory } from './seed-history.ts'
import { seedLand } from './seed-land.ts'

const folder = '/var/tmp/vn-national-graph-bench'

/**
 * The databases of a measurement, kept between runs: so many citizens, every adult's consent to the bank, and the figures
 * of the day, so that no candidate counts them while another is asked. `history`: beside that so many consents and records
 * of others. Outside the project's folder: PostgreSQL runs as an account of its own.
 */
export async function openStore(citizens: number, history = 0): Promise<{ cluster: OwnCluster; people: People }> {
  const place = placeOf(citizens, history)
  const cluster = await openOwnCluster(citizens, place)
  try {
    await seedConsents(cluster)
    const people = await choosePeople(cluster)
    await seedLand(cluster, people.owners.flat())
    if (history > 0 && !isPrepared(citizens, history)) await seedHistory(cluster, history)
    await countFigures(cluster)
    await cluster.sql('oversight', forgetCounts)
    writeFileSync(`${place}/prepared`, '')
    return { cluster, people }
  } catch (error) {
    await cluster.close()
    throw error
  }
}

/** A checkout has keys of its own: by others' everybody was counted under another name, and would count twice. */
const forgetCounts = 'delete from reading_sketch; delete from reading_lease'

/** Whether the databases were ever made to their end. */
export function isPrepared(citizens: number, history = 0): boolean {
  return existsSync(`${placeOf(citizens, history)}/prepared`)
}

function placeOf(citizens: number, history: number): string {
  return `${folder}/${history === 0 ? citizens : `${citizens}-${history}`}`
}

/** What the statistics subgraph does by itself once a day; a year of such months, as after a year of counting. */
async function countFigures({ sql, url }: OwnCluster): Promise<void> {
  const [{ fresh } = { fresh: false }] = await sql<{ fresh: boolean }>(
    'statistics',
    `select coalesce((select max(as_of) from release) > now() - interval '20 hours'
       and (select max(attempted_at) from quality_measure where indicator <> 'CONNECTED') > now() - interval '20 hours', false) as fresh`,
  )
  if (fresh) return
  const at = (subgraph: string, role: string): ClientConfig => ({
    connectionString: url(subgraph, `${databaseName(subgraph)}_service`),
    options: `-c role=${role}`,
  })
  const counted = (subgraph: string): ClientConfig => at(subgraph, linkageRole(subgraph))
  const databases = {
    population: counted('population'),
    land: counted('land'),
    health: counted('health'),
    'social-security': counted('social-security'),
    catalogue: counted('catalogue'),
    statistics: counted('statistics'),
  }
  const never = new AbortController().signal
  const now = new Date()
  const figures = await runRefresh({ databases, now, communes: null }, never)
  const coordinates = loggedCoordinates(loadGraph().classes)
  const quality = await runQuality({ databases: qualityDatabases(at), coordinates, now }, never)
  for (const answer of [figures, quality])
    if ('failed' in answer) throw new Error(`the figures were not counted: ${answer.failed}`)
  await sql('statistics', yearOfMonths)
}

const yearOfMonths = `
  with latest as (select max(month) as month from release),
  earlier as (select latest.month as source, to_char((latest.month || '-01')::date - make_interval(months => m), 'YYYY-MM') as month
    from latest, generate_series(1, 12) as m),
  releases as (
    insert into release select r.figure, e.month, r.as_of, r.coverage, true from earlier e join release r on r.month = e.source
    on conflict do nothing)
  insert into published select p.unit, e.month, p.figure, p.category, p.value, p.cells
  from earlier e join published p on p.month = e.source on conflict do nothing`
