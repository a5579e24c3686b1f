import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { OwnCluster } from '../support/own-cluster.ts'
import { measure, type Measured } from './measure.ts'
import { openOurs } from './open-ours.ts'
import type { People } from './people.ts'
import { withChildren } from './process-usage.ts'
import { createRequests } from './requests.ts'
import { fullRound } from './round.ts'
import { askerOf } from './run-workload.ts'
import { guarded } from './take-turns.ts'
import { type CpuProfile, type Span, timeGroups } from './time-groups.ts'
import { warmUp } from './warm-up.ts'
import type { Workload } from './workloads.ts'

/** Where the time of one process under a workload went, in microseconds altogether, and what was answered in it. */
export type Profiled = {
  workload: string
  measured: Measured
  groups: { what: string; us: number }[]
  /** V8's own profile, and when in it was measured. */
  profile: CpuProfile
  span: Span
}

/** One workload of this project alone, for so many seconds under V8's sampling profiler. Rejects for a wrong answer. */
export async function profileWorkload(
  workload: Workload,
  { cluster, people }: { cluster: OwnCluster; people: People },
  { folder, dataDir }: { folder: string; dataDir: string },
  { seconds, width }: { seconds: number; width: number },
  stop: AbortSignal,
): Promise<Profiled> {
  const into = join(folder, 'profile')
  rmSync(into, { recursive: true, force: true })
  mkdirSync(into, { recursive: true })
  const ours = await openOurs(cluster, dataDir, ['--cpu-prof', `--cpu-prof-dir=${into}`])
  const now = (): number => Number(process.hrtime.bigint() / 1000n)
  const span = { from: 0, to: 0 }
  const ask = async (): Promise<Measured> => {
    try {
      const requestOf = await createRequests(dataDir, people)
      const asking = guarded(askerOf(workload, { url: ours.url, asksWho: true }, requestOf), stop)
      await warmUp(asking, [ours.pid], fullRound.warm)
      span.from = now()
      return await measure(asking, { seconds, width, own: [ours.pid], database: () => withChildren(cluster.pid()) })
    } finally {
      span.to = now()
      await ours.close()
    }
  }
  const measured = await ask()
  if (measured.firstWrong !== null) throw new Error(`a wrong answer: ${measured.firstWrong}`)
  const [file = ''] = readdirSync(into).filter((name) => name.endsWith('.cpuprofile'))
  const profile = JSON.parse(readFileSync(join(into, file), 'utf8')) as CpuProfile
  return { workload: workload.name, measured, groups: timeGroups(profile, span), profile, span }
}
