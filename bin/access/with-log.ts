import type { Client } from 'pg'
import { configFromEnvironment } from '../../config/environment.ts'
import { runningDatabase } from '../../subgraphs/kit/postgres/running-database.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'

/**
 * Reads the oversight database as its reader: the one DATABASE_URL_OVERSIGHT names, else that of the server that runs
 * here. Rejects with a line for people where there is none.
 */
export async function withLog<T>(read: (client: Client) => Promise<T>): Promise<T> {
  const { DATA_DIR, DATABASE_URL_OVERSIGHT } = process.env
  const { dataDir, databaseUrls } = configFromEnvironment({ DATA_DIR, DATABASE_URL_OVERSIGHT }, ['oversight'])
  const connectionString = databaseUrls.get('oversight')
  const at =
    connectionString === undefined
      ? await runningDatabase(dataDir, 'oversight', 'oversight_app')
      : { connectionString, options: '-c role=oversight_app' }
  if (at === null) throw new Error(`no server runs on ${dataDir}: start it, or set DATA_DIR or DATABASE_URL_OVERSIGHT`)
  return withClient(at, read)
}
