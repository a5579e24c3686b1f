import type { PoolConfig } from 'pg'
import type { Config } from '../config/environment.ts'
import { createPopulation } from '../synthetic/population.ts'
import { provision } from './kit/postgres/provision.ts'
import { startPostgres } from './kit/postgres/start-postgres.ts'
import { startRefused } from './kit/postgres/start-refused.ts'
import type { SubgraphDefinition } from './kit/types.ts'

export type Databases = {
  /** How a role connects to a subgraph's database. Throws for one that is neither configured nor here. */
  databaseOf: (subgraph: string, role: string) => PoolConfig
  /** What the person who starts should know of places they did not choose. */
  notice: string | null
  close: () => Promise<void>
}

export type DatabaseOptions = {
  config: Pick<Config, 'dataDir' | 'databaseUrls' | 'isLocal' | 'seedCitizens'>
  /** The registry. */
  definitions: readonly SubgraphDefinition[]
  /** Names of the subgraphs whose databases this process works with. */
  needed: readonly string[]
  /** Where this process answers. */
  address: string
  log: (line: string) => void
}

/** The seed of the seeds: the same everywhere, so that the same size gives the same people. */
export const populationSeed = 20_250_701

/**
 * The configured databases; what is not configured lives in an embedded PostgreSQL, started, migrated and seeded here.
 * Rejects with one line for each missing variable where an identity provider is configured: then nothing is made up.
 */
export async function openDatabases({
  config,
  definitions,
  needed,
  address,
  log,
}: DatabaseOptions): Promise<Databases> {
  const missing = needed.filter((name) => !config.databaseUrls.has(name))
  if (missing.length > 0 && !config.isLocal) {
    const variables = missing.map(
      (name) => `DATABASE_URL_${name.toUpperCase().replaceAll('-', '_')}: required once OIDC_ISSUER is set`,
    )
    throw startRefused(variables.join('\n'))
  }
  const embedded =
    missing.length === 0
      ? null
      : await startEmbedded(
          definitions.filter(({ name }) => missing.includes(name)),
          config,
          address,
          log,
        )
  return {
    notice: embedded?.notice ?? null,
    databaseOf: (subgraph, role) => {
      const connectionString = config.databaseUrls.get(subgraph)
      // The login of the address acts as the role, or is refused: several roles of one database share its address.
      if (connectionString !== undefined) return { connectionString, options: `-c role=${role}` }
      if (embedded === null) throw new Error(`no database of ${subgraph} here`)
      return embedded.urlFor(subgraph, role)
    },
    close: async () => embedded?.stop(),
  }
}

async function startEmbedded(
  definitions: readonly SubgraphDefinition[],
  config: DatabaseOptions['config'],
  address: string,
  log: (line: string) => void,
) {
  const { dataDir, seedCitizens } = config
  const postgres = await startPostgres({ dataDir, address, log })
  try {
    const population = (size: number) => createPopulation({ seed: populationSeed, size })
    const { urlFor } = await provision({ postgres, dataDir, definitions, seedCitizens, population, log })
    return { urlFor, notice: postgres.notice, stop: postgres.stop }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
