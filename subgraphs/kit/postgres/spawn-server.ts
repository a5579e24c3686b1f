import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverEnvironment } from './init-cluster.ts'
import type { Place } from './place-cluster.ts'

/** A server that was spawned, ready or not. */
export type ServerProcess = {
  pid: number
  /** Why it ended, from its own log; null while it runs. */
  failure: () => string | null
  /** Fast shutdown, immediate after 30 s. Resolves when the process is gone. */
  stop: () => Promise<void>
}

/**
 * Spawns the server in a session of its own, so that Ctrl-C in the terminal reaches only us and requests in flight keep
 * their database. Its log goes to a file, which it can go on writing when we are gone.
 */
export async function spawnServer(place: Place, settings: readonly string[], logFile: string): Promise<ServerProcess> {
  const log = openSync(logFile, 'a', 0o600)
  const begin = fstatSync(log).size
  const { account } = place
  const child = spawn(join(place.nativeDir, 'bin', 'postgres'), ['-D', place.clusterDir, ...settings], {
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  })
  closeSync(log)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))])

  // When this process ends without `stop`, an uncaught error say, the server ends too.
  const interrupt = (): void => void child.kill('SIGINT')
  process.once('exit', interrupt)
  void ended.then(() => process.off('exit', interrupt))

  return {
    pid: child.pid as number,
    failure: () => (child.exitCode === null && child.signalCode === null ? null : lastWords(logFile, begin)),
    stop: async () => {
      child.kill('SIGINT')
      const impatience = setTimeout(() => child.kill('SIGQUIT'), 30_000)
      await ended
      clearTimeout(impatience)
    },
  }
}

/** The last fatal line that the server's log gained, else its last line. */
function lastWords(logFile: string, begin: number): string {
  const lines = readFileSync(logFile)
    .subarray(begin)
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '')
  const line = lines.findLast((candidate) => candidate.includes('FATAL')) ?? lines.at(-1) ?? 'it left no message'
  return line.replace(/^.*?\b(FATAL|PANIC|ERROR):\s*/, '')
}
