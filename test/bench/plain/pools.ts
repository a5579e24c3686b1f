import { Pool } from 'pg'

/** One pool a database, from the DATABASE_URL_* the project itself is given. */
export function poolsFromEnvironment(): (subgraph: string) => Pool {
  const pools = new Map<string, Pool>()
  return (subgraph) => {
    const url = process.env[`DATABASE_URL_${subgraph.toUpperCase().replaceAll('-', '_')}`]
    const pool = pools.get(subgraph) ?? new Pool({ connectionString: url, max: 10 })
    pools.set(subgraph, pool)
    return pool
  }
}
