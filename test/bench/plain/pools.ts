import { Pool } from 'pg'
import { databaseName } from '../../../subgraphs/kit/postgres/database-names.ts'

/** One pool a database, as the role that serves it, from the DATABASE_URL_* the project itself is given. */
export function poolsFromEnvironment(): (subgraph: string) => Pool {
  const pools = new Map<string, Pool>()
  return (subgraph) => {
    const url = process.env[`DATABASE_URL_${subgraph.toUpperCase().replaceAll('-', '_')}`]
    const pool =
      pools.get(subgraph) ??
      new Pool({ connectionString: url, max: 10, options: `-c role=${databaseName(subgraph)}_app` })
    pools.set(subgraph, pool)
    return pool
  }
}
