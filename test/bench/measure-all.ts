import { join } from 'node:path'
import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import { absenceRatio } from './absence-ratio.ts'
import { createAskers } from './askers.ts'
import { attackRatio } from './attack-ratio.ts'
import { type Name, names, quickNames } from './candidate-names.ts'
import { compareStores } from './compare-stores.ts'
import { createConsentChanges } from './consent-changes.ts'
import { compareSizes } from './many-subgraphs.ts'
import { memoryUnder } from './memory.ts'
import { type OpenCandidates, openCandidates } from './open-candidates.ts'
import type { People } from './people.ts'
import { withChildren } from './process-usage.ts'
import { profileWorkload } from './profile-workload.ts'
import { createRequests } from './requests.ts'
import type { Result } from './result.ts'
import { type Round, width } from './round.ts'
import { runMix } from './run-mix.ts'
import { askerOf, runWorkload } from './run-workload.ts'
import { guarded } from './take-turns.ts'
import { untilIdle } from './until-idle.ts'
import { workloads, type Workload } from './workloads.ts'

export type Run = {
  /** Which parts are measured: workloads, and `memory`, `subgraphs`, `stores`, `profile`. */
  only: readonly string[]
  isQuick: boolean
  round: Round
  citizens: number
  cluster: OwnCluster
  people: People
  /** For what the run writes. */
  folder: string
  /** Ends the run. */
  stop: AbortSignal
  say: (what: string) => void
}

/**
 * Measures part after part, and puts each into `result` once it is there; a part that fails says why, and the others go on.
 * Rejects with the signal's reason once it is given.
 */
export async function measureAll(run: Run, result: Result): Promise<void> {
  const { only, isQuick, round, citizens, cluster, people, folder, stop, say } = run
  const dataDir = join(folder, 'ours')
  const database = (): number[] => withChildren(cluster.pid())
  const [form, many] = ['W1', 'W2'].map((name) => workloads.find((one) => one.name === name)) as [Workload, Workload]

  const [server] = await cluster.sql<{ server_version: string }>('postgres', 'show server_version')
  result.postgres = server?.server_version ?? ''
  if (only.some((part) => part.startsWith('W') || part === 'memory')) {
    const wanted = isQuick ? quickNames : Object.values(names)
    const opened = await openCandidates(cluster, { folder, dataDir }, wanted)
    say('the candidates are up')
    try {
      await measureCandidates(opened)
    } finally {
      await opened.close()
    }
  }
  await part('subgraphs', async () => {
    result.sizes = await compareSizes(cluster, folder, await createRequests(dataDir, people), round, stop)
  })
  await part('stores', async () => {
    await compareStores(form, { cluster, people, citizens }, dataDir, round, stop, result.stores)
  })
  await part('profile', async () => {
    const pace = { seconds: 6, width }
    const { workload, measured, groups } = await profileWorkload(
      form,
      { cluster, people },
      { folder, dataDir },
      pace,
      stop,
    )
    result.profile = { workload, measured, groups }
  })

  async function measureCandidates({ candidates, plain }: OpenCandidates): Promise<void> {
    const of = (name: Name) => {
      const found = candidates.find((one) => one.name === name)
      if (found === undefined || found.failed !== null) throw new Error(`${name} is not there`)
      return found
    }
    // A quick run has no time for it.
    if (!isQuick) {
      await untilIdle(() => [...database(), ...candidates.flatMap(({ pids }) => pids.flatMap(withChildren))], stop)
      say('what they do by themselves is done')
    }
    const requestOf = await createRequests(dataDir, people)
    for (const workload of workloads)
      await part(workload.name, () =>
        runWorkload(workload, { candidates, requestOf, round, database, stop }, result.rows),
      )
    const formOf = (person: string): string =>
      JSON.stringify({ query: form.query, operationName: form.name, variables: form.variables([person]) })
    await part('W5', async () => {
      const mixing = {
        candidates: candidates.filter(({ name }) => name === names.whole || name === names.remote),
        plain: await plain(),
        open: of(names.open).url,
        askers: await createAskers(dataDir, people, round.people, cluster),
        form: formOf,
        changes: await createConsentChanges(dataDir, people.changing, formOf),
        round,
        database,
        stop,
      }
      result.mix = await runMix(mixing, result.rows)
    })
    await part('memory', async () => {
      const whole = of(names.whole)
      const ask = guarded(askerOf(many, whole, requestOf), stop)
      result.memory = await memoryUnder(ask, whole.pids[0] ?? 0, isQuick ? 10 : 60)
    })
    await part('refusals', async () => {
      const { url } = of(names.whole)
      const claims = loadPersonas().find(({ persona }) => persona === 'commune-officer')?.claims ?? {}
      // Of an officer who may ask about everybody.
      const national = await createLocalIssuer(dataDir).sign({ ...claims, jurisdiction: ['VN'] })
      const attack = await attackRatio(url, isQuick ? 0.5 : 3)
      result.refusals = { attack, absence: await absenceRatio(url, national, isQuick ? 100 : 2000) }
    })
  }

  async function part(name: string, work: () => Promise<void>): Promise<void> {
    stop.throwIfAborted()
    if (!only.includes(name)) return
    await work().catch((error: unknown) => {
      stop.throwIfAborted()
      result.failed.push(`${name}: ${String(error)}`)
    })
    say(name)
  }
}
