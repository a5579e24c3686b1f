import { Command } from 'commander'
import { connectFrom, type Connect } from './connect.ts'

export type VerbTools = { print: (text: string) => void; environment?: NodeJS.ProcessEnv }

/**
 * A verb that works on the databases until it is done or interrupted. What it throws, a line for people, goes to stderr
 * with exit code 1.
 */
export function operatorVerb(
  name: string,
  { environment = process.env }: VerbTools,
  work: (connect: Connect, signal: AbortSignal, command: Command) => Promise<void>,
): Command {
  return new Command(name).action(async (...given: unknown[]) => {
    const command = given.at(-1) as Command
    const stopping = new AbortController()
    const stop = (): void => stopping.abort()
    process.once('SIGINT', stop).once('SIGTERM', stop)
    try {
      await work(connectFrom(environment), stopping.signal, command)
    } catch (error) {
      const line = error instanceof Error ? error.message : String(error)
      command.error(line, { exitCode: 1, code: 'statistics.failed' })
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop)
    }
  })
}
