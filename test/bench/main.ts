/**
 * `npm run bench`: this project with every check on beside its peers with none, over the same databases, queries and
 * answers. Candidates take turns; a wrong answer voids a row. `--quick`: one short round of each workload, without the
 * minute of memory, the 116 subgraphs and the larger stores. `--citizens N`, `--only W1,W4` (also `memory`, `subgraphs`,
 * `stores`: those that prepare.ts made).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { absenceRatio } from './absence-ratio.ts'
import { createAskers } from './askers.ts'
import { attackRatio } from './attack-ratio.ts'
import { names } from './candidate-names.ts'
import { compareStores } from './compare-stores.ts'
import { createConsentChanges } from './consent-changes.ts'
import { goalsOf } from './goals.ts'
import { machineAndVersions } from './machine.ts'
import { compareSizes } from './many-subgraphs.ts'
import { memoryUnder } from './memory.ts'
import { type OpenCandidates, openCandidates } from './open-candidates.ts'
import { openStore } from './open-store.ts'
import { withChildren } from './process-usage.ts'
import { goalTable, memoryTable, sizeTable, storeTable, workloadTable } from './report.ts'
import { createRequests } from './requests.ts'
import { fullRound, quickRound, width } from './round.ts'
import { runMix } from './run-mix.ts'
import type { Row } from './rows.ts'
import { askerOf, runWorkload } from './run-workload.ts'
import { untilIdle } from './until-idle.ts'
import { workloads as all, type Workload } from './workloads.ts'

const long = ['memory', 'subgraphs', 'stores']
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    citizens: { type: 'string', default: '20000' },
    only: { type: 'string' },
  },
})
const everything = [...all.map(({ name }) => name), 'W5', ...(options.quick ? [] : long)]
const only = options.only?.split(',') ?? everything
const round = options.quick ? quickRound : fullRound
const begun = performance.now()
const folder = join(import.meta.dirname, '../../.data/bench')
mkdirSync(folder, { recursive: true })

const { cluster, people } = await openStore(Number(options.citizens))
say('the databases are up')
try {
  const opened = await openCandidates(cluster, folder)
  say('the candidates are up')
  try {
    // A quick run has no time for it.
    if (!options.quick) {
      const ours = (): number[] => opened.candidates.flatMap(({ pids }) => pids.flatMap(withChildren))
      await untilIdle(() => [...withChildren(cluster.pid()), ...ours()])
      say('what they do by themselves is done')
    }
    report(await measureAll(opened))
  } finally {
    await opened.close()
  }
} finally {
  await cluster.close()
}

/** Of a long run: how far it is. */
function say(what: string): void {
  console.error(`${((performance.now() - begun) / 1000).toFixed(0)} s: ${what}`)
}

async function measureAll(opened: OpenCandidates) {
  const { candidates, dataDir } = opened
  const requestOf = await createRequests(dataDir, people)
  const database = (): number[] => withChildren(cluster.pid())
  const rows: Row[] = []
  for (const workload of all.filter(({ name }) => only.includes(name))) {
    rows.push(...(await runWorkload(workload, { candidates, requestOf, round, database })))
    say(workload.name)
  }
  const of = (name: string) => candidates.find((one) => one.name === name) as (typeof candidates)[number]
  const [form, many] = ['W1', 'W2'].map((name) => all.find((one) => one.name === name)) as [Workload, Workload]

  const bodyOf = (person: string): string =>
    JSON.stringify({ query: form.query, operationName: form.name, variables: form.variables([person]) })
  const mix = only.includes('W5')
    ? await runMix({
        candidates: [of(names.whole), of(names.remote)],
        plain: await opened.plain(),
        open: of(names.open).url,
        askers: await createAskers(dataDir, people, round.people, cluster),
        form: bodyOf,
        changes: await createConsentChanges(dataDir, people.changing, bodyOf),
        round,
        database,
      })
    : null
  if (mix !== null) say('W5')
  const whole = of(names.whole)
  const [pid = 0] = whole.pids
  const memory = only.includes('memory')
    ? await memoryUnder(askerOf(many, whole, requestOf), pid, options.quick ? 10 : 60)
    : null
  const sizes = only.includes('subgraphs') ? await compareSizes(cluster, folder, requestOf, round) : null
  const usual = { candidate: whole, requestOf }
  const stores = only.includes('stores') ? await compareStores(form, usual, folder, round) : []
  const claims = loadPersonas().find(({ persona }) => persona === 'commune-officer')?.claims ?? {}
  // Of an officer who may ask about everybody.
  const national = await createLocalIssuer(dataDir).sign({ ...claims, jurisdiction: ['VN'] })
  const [{ server_version: postgres } = { server_version: '' }] = await cluster.sql<{ server_version: string }>(
    'postgres',
    'show server_version',
  )
  return {
    postgres,
    rows: [...rows, ...(mix?.rows ?? [])],
    mix,
    memory,
    sizes,
    stores,
    attack: await attackRatio(whole.url, options.quick ? 0.5 : 3),
    absence: await absenceRatio(whole.url, national, options.quick ? 100 : 2000),
  }
}

function report(result: Awaited<ReturnType<typeof measureAll>>): void {
  const { postgres, rows, mix, memory, sizes, stores, attack, absence } = result
  const { machine, versions } = machineAndVersions(postgres)
  const goals = goalsOf(result)
  const told = [...all, { name: 'W5', what: mixText() }].filter(({ name }) => rows.some((row) => row.workload === name))
  const text = [
    `# One run\n\n${machine.cores} x ${machine.cpu}, ${machine.memoryGb} GB, Node ${versions.node}, PostgreSQL ${postgres}, ${width} connections, ` +
      `${options.citizens} citizens, ${round.rounds} round(s) of ${round.seconds} s, project at ${versions.project}.`,
    ...told
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ name, what }) =>
        workloadTable(
          name,
          what,
          rows.filter((row) => row.workload === name),
        ),
      ),
    ...(memory === null ? [] : [memoryTable(memory)]),
    ...(sizes === null ? [] : [sizeTable(sizes)]),
    ...(stores.length === 0 ? [] : [storeTable(stores)]),
    goalTable(goals),
    `Fragments that double thirty times are refused in ${attack.toFixed(1)} times an ordinary request's time. ` +
      `A claim about somebody is answered in ${absence.toFixed(2)} times the time of one about a number that nobody has.`,
  ].join('\n\n')
  console.log(text)
  say('done')
  const at = new Date().toISOString()
  const json = { at, machine, versions, citizens: Number(options.citizens), width, round, goals, ...result }
  writeFileSync(join(folder, 'result.json'), `${JSON.stringify(json, null, 2)}\n`)
  writeFileSync(join(folder, 'result.md'), `${text}\n`)
  if (rows.some(({ wrong }) => wrong !== null)) process.exitCode = 1

  function mixText(): string {
    if (mix === null) return ''
    const { refusedOrMasked, changed } = mix
    return (
      `W1 asked by twelve personas, ${refusedOrMasked.toFixed(0)} % of the values refused or masked, ` +
      `${changed.toFixed(1)} % of the requests change a consent`
    )
  }
}
