import { Pool } from 'pg'
import type { PoolConfig } from 'pg'
import { columnTypes } from './column-types.ts'

export type PoolOptions = {
  /** Shown by pg_stat_activity: which part of the system holds the connection. */
  applicationName: string
  /** Connections at most. */
  max?: number
  /** Milliseconds after which the server gives a statement up. */
  statementTimeout?: number
  /** Told of a connection that broke while idle; the text holds no value. */
  log?: (line: string) => void
}

/**
 * A pool whose columns arrive as `columnTypes` says. A connection not had within five seconds, or a statement not done
 * in time, is an error rather than a wait. It never logs a statement or a parameter. A prepared statement is planned once a
 * connection: ours are short and keyed, and planning them anew takes longer than they do.
 */
export function createPool(config: PoolConfig, options: PoolOptions): Pool {
  const { applicationName, max = 10, statementTimeout = 10_000, log } = options
  const pool = new Pool({
    ...config,
    max,
    options: [config.options, '-c plan_cache_mode=force_generic_plan'].filter(Boolean).join(' '),
    application_name: applicationName,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: statementTimeout,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: columnTypes,
  })
  // Without a listener, a server that goes away would end this process: with connections that are lent out (their next
  // statement rejects) as with idle ones.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', (error) => {
    // `end` resolves before its connections are gone: a server that is stopped next says so to the last of them.
    if (pool.ending) return
    log?.(`${applicationName}: lost an idle connection (${'code' in error ? String(error.code) : error.name})`)
  })
  return pool
}
