import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import type { Walk } from '../../../synthetic/types.ts'
import type { SubgraphDefinition } from '../types.ts'
import { migrate } from './migrate.ts'
import { seedDatabase } from './seed-database.ts'
import { withClient } from './with-client.ts'

/** Brings one database up to its last migration and, while it is empty, fills it; null leaves it empty. */
export async function fillDatabase(
  superuser: ClientConfig,
  { name, folder, seed }: Pick<SubgraphDefinition, 'name' | 'folder' | 'seed'>,
  population: Walk | null,
  log: (line: string) => void,
): Promise<void> {
  await withClient(superuser, async (client) => {
    const applied = await migrate(client, join(folder, 'migrations'))
    if (applied > 0) log(`${name}: ${applied} migration(s) applied`)
    if (population === null || seed === undefined) return
    if (await seedDatabase(client, seed, population)) log(`${name}: seeded`)
  })
}
