/**
 * Holds a data directory as a server would, for tests that kill it: `node hold-postgres.ts DATA_DIR ADDRESS`. Prints one
 * line of JSON when PostgreSQL answers, or when it was refused; stops cleanly on SIGTERM.
 */
import { startPostgres } from '../../subgraphs/kit/postgres/start-postgres.ts'
import { isStartRefused } from '../../subgraphs/kit/postgres/start-refused.ts'

/** What the first line says. */
export type Held = { host: string; pid: number; notice: string | null; lines: string[] } | { refused: string }

const [dataDir = '', address = ''] = process.argv.slice(2)
const lines: string[] = []
const say = (held: Held): void => void process.stdout.write(`${JSON.stringify(held)}\n`)
try {
  const postgres = await startPostgres({ dataDir, address, log: (line) => lines.push(line) })
  const idle = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', () => {
    clearInterval(idle)
    void postgres.stop()
  })
  say({ host: postgres.host, pid: postgres.pid, notice: postgres.notice, lines })
} catch (error) {
  if (!isStartRefused(error)) throw error
  say({ refused: error.message })
  process.exitCode = 1
}
