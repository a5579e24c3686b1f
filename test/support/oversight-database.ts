import type { Client as PgClient, Pool, PoolConfig } from 'pg'
import { Client } from 'pg'
import oversight from '../../subgraphs/oversight/index.ts'
import { createDisclosureLog, writerId } from '../../subgraphs/kit/log/create-disclosure-log.ts'
import type { DisclosureLogDeps } from '../../subgraphs/kit/log/create-disclosure-log.ts'
import { createPool } from '../../subgraphs/kit/postgres/create-pool.ts'
import { createTestDatabase } from './create-test-database.ts'
import { logKeys } from './disclosures.ts'

export type OversightDatabase = {
  as: (role?: string) => PoolConfig
  pool: (role: string, config?: PoolConfig) => Pool
  /** A log of a new writer; its keys and id beside it. */
  log: (deps?: Partial<DisclosureLogDeps>) => ReturnType<typeof createDisclosureLog> & { writer: string }
  keys: ReturnType<typeof logKeys>
  /** The superuser's own connection, for looking and for meddling. */
  admin: PgClient
  rows: <T = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<T[]>
  close: () => Promise<void>
}

/** A database of the log for one test file, with what tests need around it. */
export async function oversightDatabase(): Promise<OversightDatabase> {
  const database = await createTestDatabase(oversight)
  const closers: (() => Promise<unknown>)[] = []
  const keys = logKeys()
  const admin = new Client(database.superuser as ConstructorParameters<typeof Client>[0])
  await admin.connect()
  const pool: OversightDatabase['pool'] = (role, config = {}) => {
    const made = createPool({ ...database.as(role), ...config }, { applicationName: role, max: 4 })
    closers.push(() => made.end())
    return made
  }
  return {
    as: database.as,
    pool,
    keys,
    admin,
    rows: async <T>(sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as T[],
    log: (deps = {}) => {
      const writer = deps.writer ?? writerId('population')
      const log = createDisclosureLog({
        pool: deps.pool ?? pool('oversight_writer'),
        writer,
        keys,
        clock: () => new Date(),
        ...deps,
      })
      closers.unshift(log.close)
      return { ...log, writer }
    },
    close: async () => {
      for (const close of closers) await close()
      await admin.end()
      await database.drop()
    },
  }
}

/** Waits until a statement gives a true first column; a test's own time limit ends it otherwise. */
export async function until(client: Pick<PgClient, 'query'>, sql: string, values: unknown[] = []): Promise<void> {
  for (;;) {
    const { rows } = await client.query<unknown[]>({ text: sql, values, rowMode: 'array' })
    if (rows[0]?.[0] === true) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The counters a writer's records have, in order. */
export async function countersOf(database: OversightDatabase, writer: string): Promise<number[]> {
  const rows = await database.rows<{ counter: string }>(
    'select counter from commitment c join writer w on w.id = c.writer_id where w.name = $1 order by counter',
    [writer],
  )
  return rows.map(({ counter }) => Number(counter))
}

/** Keeps a writer's next commit waiting until released. */
export async function holdCommits({ admin }: OversightDatabase, writer: string): Promise<() => Promise<unknown>> {
  const lock = [`oversight/writer/${writer}`]
  await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', lock)
  return () => admin.query('select pg_advisory_unlock(hashtextextended($1, 0))', lock)
}

/** For `until`: some writer waits for its commit. */
export const isWaiting = `select exists (select from pg_stat_activity
  where datname = current_database() and usename = 'oversight_writer' and wait_event = 'advisory')`
