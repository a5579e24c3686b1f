/**
 * `npm run bench`: this project alone, everything on, over HTTP, median of three rounds, with the slowest refusal of an
 * attack beside it as a ratio. The peers side by side come with the work on speed. `--quick`: one short round.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { addressOf, runServer } from '../support/run-server.ts'
import { createSender, measure, type Measured } from './measure.ts'
import { workloads, type Workload } from './workloads.ts'

const root = join(import.meta.dirname, '../..')
const isQuick = process.argv.includes('--quick')
const folder = join(root, '.data/bench')
const dataDir = join(folder, 'data')
const round = { seconds: isQuick ? 2 : 8, width: 16 }

const run = runServer({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'fatal' })
const results: Record<string, Measured & { what: string }> = {}
let attack = { refusedMs: 0, ordinaryMs: 0, ratio: 0 }
try {
  const address = `${await addressOf(run)}/graphql`
  const send = createSender(address, round.width)
  for (const workload of workloads) {
    const ask = await askerOf(workload, send)
    await measure(ask, { ...round, seconds: 1 })
    const rounds: Measured[] = []
    for (let n = 0; n < (isQuick ? 1 : 3); n += 1) rounds.push(await measure(ask, round))
    results[workload.name] = { ...median(rounds), what: workload.what }
  }
  attack = await attackRatio(send)
} finally {
  run.child.kill('SIGTERM')
  await run.ended
}

const lines = Object.entries(results).map(
  ([name, { what, perSecond, p50, p99, failed }]) =>
    `| ${name} | ${what} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${failed} |`,
)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
console.log(`${machine.cores} x ${machine.cpu}, Node ${machine.node}, ${round.width} connections, 20,000 citizens\n`)
console.log(['| | what | requests/s | p50 ms | p99 ms | wrong |', '|---|---|---|---|---|---|', ...lines].join('\n'))
console.log(
  `\nFragments that double thirty times are refused in ${attack.ratio.toFixed(1)} times an ordinary request's time.`,
)
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(folder, 'result.json'),
  `${JSON.stringify({ at: new Date().toISOString(), machine, round, results, attack }, null, 2)}\n`,
)
if (Object.values(results).some(({ failed }) => failed > 0)) process.exitCode = 1

async function askerOf(
  workload: Workload,
  send: ReturnType<typeof createSender>,
): Promise<(n: number) => Promise<boolean>> {
  const headers = headersOf(workload)
  const parcels = await parcelsOf(send)
  const isRight = workload.name === 'denied' ? /"CONSENT_REQUIRED"/ : /^(?!.*"errors")/s
  return async (n) => {
    const { status, text } = await send(
      JSON.stringify({ query: workload.query, variables: workload.variables(n, parcels) }),
      headers,
    )
    return status === 200 && isRight.test(text)
  }
}

async function parcelsOf(send: ReturnType<typeof createSender>): Promise<string[]> {
  const { text } = await send(
    JSON.stringify({ query: '{ landParcels(communeCode: "00004", first: 3) { nodes { parcelId } } }' }),
    {},
  )
  const read = JSON.parse(text) as { data: { landParcels: { nodes: { parcelId: string }[] } } }
  return read.data.landParcels.nodes.map(({ parcelId }) => parcelId)
}

function headersOf({ persona, purpose }: Workload): Record<string, string> {
  const token = spawnSync(process.execPath, ['bin/token.ts', persona], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  }).stdout.trim()
  return {
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    ...(purpose === undefined ? {} : { 'x-purpose': purpose }),
  }
}

async function attackRatio(send: ReturnType<typeof createSender>): Promise<typeof attack> {
  const doubling = Array.from(
    { length: 30 },
    (_, n) => `fragment f${n} on Province { ...f${n + 1} ...f${n + 1} }`,
  ).join(' ')
  const bad = JSON.stringify({ query: `{ provinces { ...f0 } } ${doubling} fragment f30 on Province { name }` })
  const good = JSON.stringify({ query: '{ provinces { code name } }' })
  const one = { seconds: isQuick ? 1 : 3, width: 1 }
  const ordinary = await measure(async () => (await send(good, {})).status === 200, one)
  const refused = await measure(async () => (await send(bad, {})).text.includes('QUERY_TOO_COMPLEX'), one)
  return { refusedMs: refused.p50, ordinaryMs: ordinary.p50, ratio: refused.p50 / ordinary.p50 }
}

/** The round whose throughput is the middle one. */
function median(rounds: readonly Measured[]): Measured {
  return rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)] as Measured
}
