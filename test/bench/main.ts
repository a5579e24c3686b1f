/**
 * `npm run bench`: this project with every check on beside its peers with none, over the same databases, queries and
 * answers. Candidates take turns; a wrong answer voids a row. `--quick`: one short round of each workload with fewer
 * candidates, without the minute of memory, the 116 subgraphs, the larger stores and the profile. `--citizens N`,
 * `--only W1,W4` (also `refusals`, `memory`, `subgraphs`, `stores`: those that prepare.ts made, `profile`). A run that is
 * interrupted writes what it measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { goalsOf } from './goals.ts'
import { machineAndVersions } from './machine.ts'
import { measureAll } from './measure-all.ts'
import { openStore } from './open-store.ts'
import { reportOf } from './report.ts'
import { isSound, nothingMeasured } from './result.ts'
import { fullRound, quickRound, width } from './round.ts'
import { workloads } from './workloads.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    citizens: { type: 'string', default: '20000' },
    only: { type: 'string' },
  },
})
const isQuick = options.quick
const quickParts = [...workloads.map(({ name }) => name), 'W5', 'refusals']
const only = options.only?.split(',') ?? [
  ...quickParts,
  ...(isQuick ? [] : ['memory', 'subgraphs', 'stores', 'profile']),
]
const round = isQuick ? quickRound : fullRound
const citizens = Number(options.citizens)
const folder = join(import.meta.dirname, '../../.data/bench')
mkdirSync(folder, { recursive: true })

const begun = performance.now()
/** Of a long run: how far it is. */
const say = (what: string): void => console.error(`${((performance.now() - begun) / 1000).toFixed(0)} s: ${what}`)

const interruption = new AbortController()
const stop = interruption.signal
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    say(`${signal}: ends, and writes what was measured`)
    interruption.abort(new Error(`interrupted by ${signal}`))
  })

const at = new Date().toISOString()
const result = nothingMeasured()
const store = await openStore(citizens)
say('the databases are up')
try {
  await measureAll({ only, isQuick, round, citizens, ...store, folder, stop, say }, result)
} catch (error) {
  result.failed.push(String(error))
} finally {
  await store.cluster.close()
}
const { machine, versions } = machineAndVersions(result.postgres)
const goals = goalsOf(result)
const minutes = (performance.now() - begun) / 60_000
const text = reportOf(result, { machine, versions, citizens, width, round, at, minutes }, goals)
const json = { at, minutes, machine, versions, citizens, width, round, goals, ...result }
writeFileSync(join(folder, 'result.json'), `${JSON.stringify(json, null, 2)}\n`)
writeFileSync(join(folder, 'result.md'), `${text}\n`)
console.log(text)
say('done')
if (!isSound(result)) process.exitCode = 1
