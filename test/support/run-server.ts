import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The server as its users run it: a plain Node process, with what it has said so far. */
export type ServerRun = {
  child: ChildProcess
  /** Both streams, as they came. */
  output: () => string
  /** Resolves with the first match in the output; rejects when the process ends without one. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Resolves with the exit code, null after a signal. */
  ended: Promise<number | null>
}

/** Runs `command` from the project's root with these variables and no others of the project. */
export function runServer(
  env: Readonly<Record<string, string>>,
  command: readonly [string, ...string[]] = [process.execPath, 'gateway/main.ts'],
): ServerRun {
  const [file, ...args] = command
  const base = { PATH: process.env['PATH'], HOME: process.env['HOME'] }
  const child = spawn(file, args, { cwd: root, env: { ...base, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  const waiting: (() => void)[] = []
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      wake()
    })
  }
  let isOver = false
  const ended = once(child, 'close').then(([code]) => {
    isOver = true
    wake()
    return code as number | null
  })
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(text)
      if (found !== null) return found
      if (isOver) throw new Error(`the server ended without saying ${pattern.source}:\n${text}`)
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return { child, output: () => text, says, ended }
}

/** The address at which a server says it answers. */
export async function addressOf(run: ServerRun): Promise<string> {
  const [, address = ''] = await run.says(/The graph answers at (http:\S+)\/graphql/)
  return address
}
