import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import type { SubgraphDefinition } from '../types.ts'
import { databaseName } from './database-names.ts'
import { findPostmaster } from './postmaster.ts'
import { readIfThere } from './private-file.ts'

/**
 * How a role connects to a subgraph's database on the server that a running process keeps in this data directory; null
 * where none runs. For commands beside the server: who can read its secrets may act as its roles.
 */
export async function runningDatabase(
  dataDir: string,
  subgraph: SubgraphDefinition['name'],
  role: string,
): Promise<ClientConfig | null> {
  const shelter = (await readIfThere(join(dataDir, 'secrets', 'postgres-location')))?.trim() ?? ''
  const passwords = await readIfThere(join(dataDir, 'secrets', 'database-roles.json'))
  for (const folder of [dataDir, shelter].filter((one) => one !== '')) {
    const clusterDir = join(folder, 'postgres')
    const postmaster = await findPostmaster(clusterDir)
    if (postmaster?.socketDir == null || passwords === null) continue
    const lines = ((await readIfThere(join(clusterDir, 'postmaster.pid'))) ?? '').split('\n')
    const password = (JSON.parse(passwords) as Record<string, string>)[role]
    const place = { host: postmaster.socketDir, port: Number(lines[3]), database: databaseName(subgraph) }
    if (password !== undefined) return { ...place, user: role, password }
  }
  return null
}
