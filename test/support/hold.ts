import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Held } from './hold-postgres.ts'

/** A process that holds a data directory, and what it said. */
export type Holder = { child: ChildProcess; held: Held; end: (signal: NodeJS.Signals) => Promise<void> }

/** Runs hold-postgres.ts in a process of its own, as another user if one is given (root only). */
export async function hold(dataDir: string, account?: { uid: number; gid: number }): Promise<Holder> {
  const script = join(import.meta.dirname, 'hold-postgres.ts')
  const child = spawn(process.execPath, [script, dataDir, 'http://127.0.0.1:4999'], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...account,
  })
  const ended = once(child, 'exit')
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('the holder ended without a word'))),
  ])) as [string]
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return { child, held: JSON.parse(line) as Held, end }
}
