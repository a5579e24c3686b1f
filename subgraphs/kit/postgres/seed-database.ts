import type { Client } from 'pg'
import type { Walk } from '../../../synthetic/types.ts'
import type { SubgraphDefinition } from '../types.ts'
import { inTransaction } from './in-transaction.ts'

/** What a database was filled with. */
export type Seeding = { seed: number; citizens: number }

/** What this database was filled with; null while it is empty. */
export async function readSeeding(client: Client): Promise<Seeding | null> {
  const { rows: tables } = await client.query("select to_regclass('public.seeding') is not null as there")
  if (tables[0]?.there !== true) return null
  const { rows } = await client.query<Seeding>('select seed::int, citizens::int from seeding')
  return rows[0] ?? null
}

/**
 * Fills a migrated, empty database in one transaction together with the note of it: an interrupted seeding leaves
 * nothing, and the next start begins again. Gives false when it was filled before.
 */
export async function seedDatabase(
  client: Client,
  seed: NonNullable<SubgraphDefinition['seed']>,
  population: Walk,
): Promise<boolean> {
  if ((await readSeeding(client)) !== null) return false
  await inTransaction(client, async () => {
    await client.query(`create table seeding (
      only_one boolean primary key default true check (only_one),
      seed bigint not null, citizens bigint not null, seeded_at timestamptz not null default now())`)
    await seed(client, population)
    await client.query('insert into seeding (seed, citizens) values ($1, $2)', [population.seed, population.size])
  })
  // Statistics for the planner's first plans; autovacuum does the rest beside the first requests.
  await client.query('set default_statistics_target = 25; analyze')
  return true
}
