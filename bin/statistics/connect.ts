import type { ClientConfig } from 'pg'
import { configFromEnvironment } from '../../config/environment.ts'
import { runningDatabase } from '../../subgraphs/kit/postgres/running-database.ts'
import { registry } from '../../subgraphs/registry.ts'

/** How a role of a subgraph's database connects. Rejects with a line for people where that can't be had. */
export type Connect = (subgraph: string, role: string) => Promise<ClientConfig>

/** By DATABASE_URL_<SUBGRAPH>, whose login must be allowed to act as the role; else on the server that runs here. */
export function connectFrom(environment: NodeJS.ProcessEnv): Connect {
  const named = Object.entries(environment).filter(([name]) => name === 'DATA_DIR' || name.startsWith('DATABASE_URL_'))
  const { dataDir, databaseUrls } = configFromEnvironment(
    Object.fromEntries(named),
    registry.map(({ name }) => name),
  )
  return async (subgraph, role) => {
    const connectionString = databaseUrls.get(subgraph)
    if (connectionString !== undefined) return { connectionString, options: `-c role=${role}` }
    const running = await runningDatabase(dataDir, subgraph, role)
    if (running !== null) return running
    const variable = `DATABASE_URL_${subgraph.toUpperCase().replaceAll('-', '_')}`
    throw new Error(`no server runs on ${dataDir} with a role ${role}: start it, or set DATA_DIR or ${variable}`)
  }
}
