import { fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { Order } from './main.ts'

/**
 * Does a job in a process of its own, whose memory ends with it; the code of what failed otherwise. It gives way to
 * whoever is being answered. Aborting ends it. Never rejects.
 */
export function runJob<Report extends object>(order: Order, signal: AbortSignal): Promise<Report | { failed: string }> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'main.ts'), { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let answer: Report | { failed: string } = { failed: 'ended' }
    const stop = (): void => void child.kill('SIGKILL')
    const end = (): void => {
      signal.removeEventListener('abort', stop)
      resolve(answer)
    }
    signal.addEventListener('abort', stop)
    child.once('message', (message) => (answer = message as Report | { failed: string }))
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
