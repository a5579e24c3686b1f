/**
 * `node witness/main.ts`: a witness of the disclosure log, to be run by somebody other than who runs the log, on another
 * machine and disk. `--once` looks once and ends: 0 seen, 1 refused, 2 not reached.
 */
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { onStopSignals } from '../config/stop-signals.ts'
import { createLogSource } from './ask-log.ts'
import { createWitness } from './create-witness.ts'
import { openWitnessFolder } from './witness-folder.ts'
import { createWitnessMetrics } from './witness-metrics.ts'

const env = (name: string, usual: string): string => process.env[name]?.trim() || usual
const number = (name: string, usual: string): number => {
  const value = Number(env(name, usual))
  if (!(value > 0)) {
    console.error(`${name}: must be a number above 0`)
    process.exit(2)
  }
  return value
}
const options = new Command('witness')
  .description(
    `Looks at the log's heads, signs those that follow, keeps what does not.
WITNESS_LOG_URL (http://127.0.0.1:4000): the gateway. WITNESS_DIR (.witness):
key, heads.jsonl and refused.jsonl; log-keys.json, put there before the first
start, says by which keys the log is believed. WITNESS_HOST (127.0.0.1),
WITNESS_PORT (4100): /metrics and /health. WITNESS_SECONDS (1) between looks.`,
  )
  .option('--once', 'looks once: exit 0 seen, 1 refused, 2 not reached')
  .parse()
  .opts<{ once?: true }>()

const source = createLogSource(env('WITNESS_LOG_URL', 'http://127.0.0.1:4000'))
const clock = () => new Date()
const metrics = createWitnessMetrics()
const stopping = new AbortController()
let refusal: string | null = null
let look: ReturnType<typeof createWitness> | null = null

if (options.once === true) process.exit(await looked())
onStopSignals()(async () => stopping.abort())
const port = number('WITNESS_PORT', '4100')
const pause = number('WITNESS_SECONDS', '1') * 1000
const server = createServer((request, response) => {
  if (request.url === '/metrics')
    void metrics.registry
      .metrics()
      .then((text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text))
  else if (request.url === '/health') response.writeHead(refusal === null ? 200 : 503).end(`${refusal ?? 'ok'}\n`)
  else response.writeHead(404).end()
})
server.listen(port, env('WITNESS_HOST', '127.0.0.1'), () => console.log(`the witness shows itself on port ${port}`))
while (!stopping.signal.aborted) {
  await looked()
  await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
}

/** One look, told in metrics and, where it was refused, aloud. */
async function looked(): Promise<0 | 1 | 2> {
  try {
    look ??= createWitness(source, await openWitnessFolder(env('WITNESS_DIR', '.witness'), source.keys), clock)
    const found = await look()
    metrics.looked(found, clock())
    const reason = found.seen === 'REFUSED' ? found.reason : null
    if (reason !== null && reason !== refusal)
      console.error(`REFUSED: ${reason}. The log does not follow what it was; both heads are in refused.jsonl`)
    refusal = reason
    return reason === null ? 0 : 1
  } catch (error) {
    metrics.missed()
    if (options.once === true) console.error(error instanceof Error ? error.message : String(error))
    return 2
  }
}
