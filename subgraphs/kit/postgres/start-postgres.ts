import { resolve, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { keptText } from '../../../config/kept-text.ts'
import { initCluster } from './init-cluster.ts'
import { readOwnerNote, removeOwnerNote, writeOwnerNote } from './owner-note.ts'
import { placeCluster } from './place-cluster.ts'
import { clusterNamePrefix, findPostmaster, isReady, stopOrphan } from './postmaster.ts'
import { newSecret } from './private-file.ts'
import { argumentsFromSettings, serverSettings } from './server-settings.ts'
import { type ServerProcess, spawnServer } from './spawn-server.ts'
import { removeSocketDirectory, socketDirectory } from './socket-directory.ts'
import { startRefused } from './start-refused.ts'

export type StartOptions = {
  /** The project's data directory; the cluster is its folder `postgres`. */
  dataDir: string
  /** Takes one line for people, without values. */
  log: (line: string) => void
  /** Where this process answers, kept for the message to a second one. */
  address?: string
  /** Settings of the server over the usual ones (tests only). */
  settings?: Readonly<Record<string, string>>
  /** Where data and binaries go when the database's account can't enter the data directory. */
  fallbackDir?: string
}

export type RunningPostgres = {
  /** Folder of the Unix socket: the `host` of a connection. */
  host: string
  port: number
  superuser: ClientConfig & { host: string; port: number; user: string; password: string; database: string }
  pid: number
  /** What the person who starts should know of places they did not choose. */
  notice: string | null
  /** The server's own log: events only, no statements. */
  logFile: string
  /** Ends connections, writes a checkpoint and resolves when the server is gone. May be called twice. */
  stop: () => Promise<void>
}

/**
 * Runs PostgreSQL on the data directory's cluster, made if need be, and resolves once it takes connections. A server
 * that a dead process left behind is stopped first. Rejects with `startRefused`, having touched nothing, while another
 * process serves the directory.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  const place = await placeCluster(dataDir, options.fallbackDir ?? '/var/tmp')
  await clearOrphan(dataDir, place.clusterDir, options.log)

  const passwordFile = join(dataDir, 'secrets', 'postgres-superuser')
  const password = keptText(passwordFile, newSecret, (text) => text.trim() || null)
  await initCluster(place, password)
  const host = await socketDirectory(place)
  const logFile = join(dataDir, 'postgres.log')
  const settings = argumentsFromSettings(serverSettings, options.settings ?? {}, {
    unix_socket_directories: host,
    cluster_name: `${clusterNamePrefix}${process.pid}`,
  })
  const server = await untilReady(() => spawnServer(place, settings, logFile), place.clusterDir, dataDir)
  await writeOwnerNote(dataDir, { pid: process.pid, address: options.address ?? null })

  const port = Number(serverSettings.port)
  return {
    host,
    port,
    superuser: { host, port, user: 'postgres', password, database: 'postgres' },
    pid: server.pid,
    notice: place.notice,
    logFile,
    stop: async () => {
      await server.stop()
      await removeSocketDirectory(host)
      await removeOwnerNote(dataDir)
    },
  }
}

async function clearOrphan(dataDir: string, clusterDir: string, log: (line: string) => void): Promise<void> {
  const found = await findPostmaster(clusterDir)
  if (found === null) return
  if (found.startedBy === null) {
    throw startRefused(`a PostgreSQL that this project did not start (process ${found.pid}) runs on ${clusterDir}`)
  }
  if (found.hasParent) throw await inUse(dataDir, found.startedBy)
  await stopOrphan(found)
  await removeSocketDirectory(found.socketDir)
  log(`Stopped PostgreSQL ${found.pid}, which process ${found.startedBy} left behind when it was killed.`)
}

async function inUse(dataDir: string, pid: number): Promise<Error> {
  const note = await readOwnerNote(dataDir)
  const address = note?.pid === pid && note.address !== null ? ` at ${note.address}` : ''
  return startRefused(
    `${dataDir} is in use: process ${pid} serves it${address}. Stop that one, or set another DATA_DIR`,
  )
}

/** Crash recovery takes what it takes; the bound is only against waiting for ever. */
const readyWithinMs = 120_000
/** The last children of a killed server may hold its shared memory for a moment. */
const retryWithinMs = 10_000

async function untilReady(
  spawn: () => Promise<ServerProcess>,
  clusterDir: string,
  dataDir: string,
): Promise<ServerProcess> {
  const begun = Date.now()
  let server = await spawn()
  while (!(await isReady(clusterDir, server.pid))) {
    const failure = server.failure()
    if (failure !== null) {
      const winner = await findPostmaster(clusterDir)
      if (winner?.startedBy) throw await inUse(dataDir, winner.startedBy)
      const retry = failure.includes('shared memory block') && Date.now() - begun < retryWithinMs
      if (!retry) throw startRefused(`PostgreSQL did not start: ${failure}`)
      await wait(200)
      server = await spawn()
    }
    if (Date.now() - begun > readyWithinMs) {
      await server.stop()
      throw startRefused(`PostgreSQL was not ready within ${readyWithinMs / 1000} s`)
    }
    await wait(10)
  }
  return server
}
