import { fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { RefreshOptions, RefreshReport } from './refresh.ts'

/** What the process is sent, and nothing else: it gets no environment. */
export type RefreshOrder = Omit<RefreshOptions, 'now'> & { now: string }

/** What the process answers: what it did, or the code of what failed. */
export type RefreshAnswer = RefreshReport | { failed: string }

/**
 * Counts in a process of its own, whose memory ends with it. Aborting ends it; the store then stays as it was. It gives
 * way to whoever is being answered. Never rejects.
 */
export function runRefresh(options: RefreshOptions, signal: AbortSignal): Promise<RefreshAnswer> {
  const order: RefreshOrder = { ...options, now: options.now.toISOString() }
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'main.ts'), { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let answer: RefreshAnswer = { failed: 'ended' }
    const stop = (): void => void child.kill('SIGKILL')
    const end = (): void => {
      signal.removeEventListener('abort', stop)
      resolve(answer)
    }
    signal.addEventListener('abort', stop)
    child.once('message', (message) => (answer = message as RefreshAnswer))
    child.once('error', end)
    child.once('exit', end)
    if (child.pid !== undefined) giveWay(child.pid)
    child.send(order, (error) => error && stop())
    if (signal.aborted) stop()
  })
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It ended already, or the system forbids it: then it runs like any other.
  }
}
