import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { Client } from 'pg'
import { databaseName, rolesOf } from '../../subgraphs/kit/postgres/database-names.ts'
import { type Login, prepareServer } from '../../subgraphs/kit/postgres/prepare-server.ts'
import { type RunningPostgres, startPostgres } from '../../subgraphs/kit/postgres/start-postgres.ts'
import { registry } from '../../subgraphs/registry.ts'
import { createPopulation } from '../../synthetic/population.ts'

/** A cluster of one test file's own: it may be stopped, killed and started again. */
export type OwnCluster = {
  dir: string
  /** Connection string of a login to a subgraph's database; `host` is another way to the same server. */
  url: (subgraph: string, login: string, host?: string) => string
  server: { host: string; port: number }
  /** Runs a statement as the superuser. */
  sql: <T>(database: string, text: string, values?: unknown[]) => Promise<T[]>
  /** The server's first process. */
  pid: () => number
  /** Ends the server as a crash would. */
  kill: () => Promise<void>
  restart: () => Promise<void>
  close: () => Promise<void>
}

const password = 'only-for-tests'

/** The accounts of docker-compose.yml: a subgraph's own, and what others may do in the two databases all share. */
const sharedLogins: Readonly<Record<string, readonly Login[]>> = {
  consent: [
    { name: 'consent_service', password, roles: ['consent_app', 'consent_reader'] },
    { name: 'consent_reader', password, roles: ['consent_reader'] },
  ],
  oversight: [
    { name: 'oversight_service', password, roles: ['oversight_app', 'oversight_writer', 'oversight_sequencer'] },
    { name: 'oversight_writer', password, roles: ['oversight_writer'] },
  ],
  statistics: [{ name: 'statistics_service', password, roles: ['statistics_app', 'statistics_linkage'] }],
}

/** An account a role, and one that may act as all of them: for a process that serves everything. */
function ownLogins(definition: Parameters<typeof rolesOf>[0]): Login[] {
  const roles = rolesOf(definition)
  const service = { name: `${databaseName(definition.name)}_service`, password, roles }
  return [service, ...roles.map((name) => ({ name, password, roles: [name] }))]
}

/**
 * Starts a cluster and prepares every database as bin/prepare-database.ts does, with so many citizens. In a folder of its
 * own that is gone afterwards, or in `kept`, which is there for the next time.
 */
export async function openOwnCluster(citizens: number, kept?: string): Promise<OwnCluster> {
  if (kept !== undefined) await mkdir(kept, { recursive: true })
  const dir = kept ?? (await mkdtemp('/tmp/vn-national-graph-test-own-'))
  await chmod(dir, 0o711)
  const begin = (): Promise<RunningPostgres> =>
    startPostgres({
      dataDir: dir,
      fallbackDir: dir,
      log: () => undefined,
      settings: { shared_buffers: '128MB', max_connections: '400' },
    })
  let postgres = await begin()
  const { superuser } = postgres
  const population = createPopulation({ seed: 20_250_701, size: citizens })
  const adminOf = (database: string) => ({ ...superuser, database })
  for (const definition of registry) {
    if (definition.tables.length === 0) continue
    const logins = sharedLogins[definition.name] ?? ownLogins(definition)
    await prepareServer(adminOf, definition, logins, population, () => undefined)
  }
  const { host, port } = postgres
  return {
    dir,
    server: { host, port },
    url: (subgraph, login, at = host) =>
      `postgres://${login}:${password}@${encodeURIComponent(at)}:${port}/${databaseName(subgraph)}`,
    sql: async <T>(database: string, text: string, values: unknown[] = []): Promise<T[]> => {
      const client = new Client(adminOf(database))
      await client.connect()
      try {
        return (await client.query(text, values)).rows as T[]
      } finally {
        await client.end()
      }
    },
    pid: () => postgres.pid,
    kill: async () => {
      process.kill(postgres.pid, 'SIGKILL')
      await postgres.stop()
    },
    restart: async () => {
      postgres = await begin()
    },
    close: async () => {
      await postgres.stop()
      if (kept === undefined) await rm(dir, { recursive: true, force: true })
    },
  }
}
