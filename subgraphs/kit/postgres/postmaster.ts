import { readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isMissing, readIfThere } from './private-file.ts'
import { startRefused } from './start-refused.ts'

/** A PostgreSQL server that runs on a cluster's folder. */
export type Postmaster = {
  pid: number
  /** Process that started it, by `cluster_name`; null for a server that this project did not start. */
  startedBy: number | null
  /** False once that process is gone: children of the dead are handed to another parent. */
  hasParent: boolean
  /** First folder of `unix_socket_directories`. */
  socketDir: string | null
}

/** What every `cluster_name` of ours begins with; the starting process's id follows. */
export const clusterNamePrefix = 'vn-national-graph-'

/** The server on this folder, or null when none runs: its lock file may outlive it, and its number be another's. */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | null> {
  const lines = ((await readIfThere(join(clusterDir, 'postmaster.pid'))) ?? '').split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1) return null
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== (await realpath(clusterDir))) return null
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    const named = commandLine.split('\0').find((argument) => argument.startsWith(`cluster_name=${clusterNamePrefix}`))
    const startedBy = named === undefined ? null : Number(named.slice(`cluster_name=${clusterNamePrefix}`.length))
    const hasParent = (await parentOf(pid)) === startedBy
    return { pid, startedBy, hasParent, socketDir: lines[4] ?? null }
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

/** True when the server of this process id has written that it takes connections (as pg_ctl reads it). */
export async function isReady(clusterDir: string, pid: number): Promise<boolean> {
  const lines = ((await readIfThere(join(clusterDir, 'postmaster.pid'))) ?? '').split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/**
 * Stops a server whose starter is gone: rolls back what is open and writes a checkpoint, so that nothing that was
 * committed is lost. Rejects when it will not end; it is never killed, as that could damage the data.
 */
export async function stopOrphan(orphan: Postmaster): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 15],
  ] as const) {
    if (!signalTo(orphan.pid, signal)) return
    const deadline = Date.now() + seconds * 1000
    while (Date.now() < deadline) {
      if ((await parentOf(orphan.pid)) === null) return
      await wait(10)
    }
  }
  throw startRefused(
    `PostgreSQL ${orphan.pid}, left behind by process ${orphan.startedBy}, does not stop: end it by hand`,
  )
}

function signalTo(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Process id of the parent; null for a process that ended. */
async function parentOf(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    if (/^State:\s+[ZX]/m.test(status)) return null
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

function isGone(error: unknown): boolean {
  return isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ESRCH')
}
