import { setTimeout as wait } from 'node:timers/promises'
import type { OwnCluster } from '../support/own-cluster.ts'
import { runServer, type ServerRun } from '../support/run-server.ts'
import type { Name } from './candidate-names.ts'
import { createStarters, type Start } from './candidate-starters.ts'

/** One system that answers the workloads. */
export type Candidate = {
  name: Name
  /** Where its `/graphql` is. */
  url: string
  /** Its own processes, whose CPU and memory count. */
  pids: readonly number[]
  /** Whether it wants a token: this project alone asks who asks. */
  asksWho: boolean
  /** Why it did not start. */
  failed: string | null
}

export type OpenCandidates = {
  candidates: Candidate[]
  /** This project with nothing compiled, for what is right; started when it is asked for. */
  plain: () => Promise<string>
  close: () => Promise<void>
}

const mostSeconds = 120

/**
 * Starts these candidates over one cluster; all stay up while they are measured, and only one is asked at a time. One that
 * does not start says why. `folder` gets what they are given, `dataDir` this project's keys.
 */
export async function openCandidates(
  cluster: OwnCluster,
  { folder, dataDir }: { folder: string; dataDir: string },
  wanted: readonly Name[],
): Promise<OpenCandidates> {
  const runs: ServerRun[] = []
  const start: Start = async (command, env, says) => {
    const run = runServer(env, [process.execPath, ...command])
    const late = wait(mostSeconds * 1000, undefined, { ref: false }).then(() => {
      throw new Error(`it says nothing after ${mostSeconds} s: ${run.output()}`)
    })
    try {
      const [, url = ''] = await Promise.race([run.says(says), late])
      runs.push(run)
      return { url, pid: run.child.pid ?? 0, says: run.says }
    } catch (error) {
      run.child.kill('SIGTERM')
      throw error
    }
  }
  const starters = createStarters(start, cluster, folder, dataDir)
  const open = async (name: Name): Promise<Candidate> => {
    const { asksWho, started } = starters[name]
    try {
      const { url, pids } = await started()
      return { name, url, pids, asksWho, failed: null }
    } catch (error) {
      const failed = `did not start: ${String(error).slice(0, 500)}`
      console.error(`${name} ${failed}`)
      return { name, url: '', pids: [], asksWho, failed }
    }
  }
  // The first makes the keys that the others share.
  const candidates = await Promise.all(wanted.slice(0, 1).map(open))
  candidates.push(...(await Promise.all(wanted.slice(1).map(open))))
  const close = async (): Promise<void> => {
    for (const { child, output } of runs)
      if (child.exitCode !== null || child.signalCode !== null)
        console.error(`a candidate ended by itself (${child.exitCode ?? child.signalCode}): ${output().slice(-2000)}`)
    for (const { child } of runs.toReversed()) child.kill('SIGTERM')
    await Promise.all(runs.map(({ ended }) => ended))
  }
  return { candidates, plain: async () => (await starters.plain()).url, close }
}
