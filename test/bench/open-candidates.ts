import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { registry } from '../../subgraphs/registry.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import { runServer, type ServerRun } from '../support/run-server.ts'
import { names } from './candidate-names.ts'
import { databaseUrls, variableOf } from './open-ours.ts'
import { plainSupergraph } from './plain/schemas.ts'

/** One system that answers the workloads. */
export type Candidate = {
  name: string
  /** Where its `/graphql` is. */
  url: string
  /** Its own processes, whose CPU and memory count. */
  pids: readonly number[]
  /** Whether it wants a token: this project alone asks who asks. */
  asksWho: boolean
}

export type OpenCandidates = {
  candidates: Candidate[]
  /** This project with nothing compiled, for what is right; started when it is asked for. */
  plain: () => Promise<string>
  dataDir: string
  close: () => Promise<void>
}

const here = import.meta.dirname
const hive = join(here, 'peers/node_modules/@graphql-hive/gateway/dist/bin.js')
/** As `npm start` does: a start compiles what the one before compiled. */
const cached = { NODE_COMPILE_CACHE: join(here, '../../node_modules/.compile-cache') }
const graph = /The graph answers at (http:\S+\/graphql)/
const answering = /answers at (http:\S+?)\/?\n/

/** Starts every candidate over one cluster; all stay up for the whole run, and only one is asked at a time. */
export async function openCandidates(cluster: OwnCluster, folder: string): Promise<OpenCandidates> {
  const runs: ServerRun[] = []
  const close = async (): Promise<void> => {
    for (const { child, output } of runs)
      if (child.exitCode !== null || child.signalCode !== null)
        console.error(`a candidate ended by itself (${child.exitCode ?? child.signalCode}): ${output().slice(-2000)}`)
    for (const { child } of runs.toReversed()) child.kill('SIGTERM')
    await Promise.all(runs.map(({ ended }) => ended))
  }
  try {
    return { ...(await startAll(cluster, folder, runs)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startAll(
  cluster: OwnCluster,
  folder: string,
  runs: ServerRun[],
): Promise<Omit<OpenCandidates, 'close'>> {
  const start = async (command: readonly string[], env: Readonly<Record<string, string>>, says: RegExp) => {
    const run = runServer({ ...cached, ...env }, [process.execPath, ...command])
    runs.push(run)
    const [, url = ''] = await run.says(says)
    return { url, pid: run.child.pid ?? 0 }
  }
  const databases = databaseUrls(cluster)
  const dataDir = join(folder, 'ours')
  const quiet = { PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: dataDir }
  const variant = (off: string) =>
    start([join(here, 'candidates/own-variant.ts'), off], { ...quiet, ...databases }, answering)
  const candidate = (file: string, ...args: string[]) =>
    start([join(here, 'candidates', file), ...args], databases, answering)

  // The first makes the keys that the others share. Those in one line start side by side.
  const whole = await start(['gateway/main.ts'], { ...quiet, ...databases }, graph)
  const served = registry.map(({ name }) => name)
  const [domains, subgraphs] = await Promise.all([
    startDomains(served, { ...quiet, ...databases }, runs),
    candidate('plain-subgraphs.ts'),
  ])
  const gatewayOnly = { ...quiet, DATABASE_URL_OVERSIGHT: databases.DATABASE_URL_OVERSIGHT ?? '', ...domains.urls }
  const [remote, hand] = await Promise.all([
    start(['gateway/main.ts'], gatewayOnly, graph),
    candidate('hand-written.ts'),
  ])
  const [open, unlogged] = await Promise.all([variant('enforcement'), variant('log')])
  const stock = (kind: string) => candidate('stock-gateway.ts', kind, subgraphs.url)
  const [stockRemote, stockLocal] = await Promise.all([stock('remote'), stock('local')])

  const supergraph = join(folder, 'supergraph.graphql')
  writeFileSync(
    supergraph,
    plainSupergraph((name) => `${subgraphs.url}/${name}`),
  )
  const hiveOn = async (...flags: readonly string[]) => {
    const port = await freePort()
    const command = [hive, 'supergraph', supergraph, '-h', '127.0.0.1', '-p', String(port), '--fork', '1', ...flags]
    const { pid } = await start(command, { NODE_ENV: 'production' }, /(Listening|Serving|listening)/)
    return { url: `http://127.0.0.1:${port}`, pid }
  }
  const [hiveDefault, hiveRust] = await Promise.all([hiveOn(), hiveOn('--hive-router-runtime')])

  const own = (name: string, url: string, ...pids: number[]) => ({ name, url, pids, asksWho: true })
  const peer = (name: string, url: string, ...pids: number[]) => ({
    name,
    url: `${url}/graphql`,
    pids,
    asksWho: false,
  })
  return {
    dataDir,
    plain: async () => `${(await variant('speed')).url}/graphql`,
    candidates: [
      own(names.whole, whole.url, whole.pid),
      own(names.remote, remote.url, remote.pid, domains.pid),
      own(names.open, `${open.url}/graphql`, open.pid),
      own(names.unlogged, `${unlogged.url}/graphql`, unlogged.pid),
      peer(names.stockRemote, stockRemote.url, stockRemote.pid, subgraphs.pid),
      peer(names.stockLocal, stockLocal.url, stockLocal.pid),
      peer(names.hive, hiveDefault.url, hiveDefault.pid, subgraphs.pid),
      peer(names.hiveRust, hiveRust.url, hiveRust.pid, subgraphs.pid),
      peer(names.hand, hand.url, hand.pid),
    ],
  }
}

/** All of this project's subgraphs in one second process, and their addresses as the gateway is given them. */
async function startDomains(served: readonly string[], env: Readonly<Record<string, string>>, runs: ServerRun[]) {
  const run = runServer({ ...cached, ...env }, [process.execPath, 'subgraphs/serve.ts', ...served])
  runs.push(run)
  const urls: Record<string, string> = {}
  for (const name of served) {
    const [, url = ''] = await run.says(new RegExp(`^${name} answers at (\\S+)$`, 'm'))
    urls[`SUBGRAPH_URL_${variableOf(name)}`] = url
  }
  return { urls, pid: run.child.pid ?? 0 }
}

/** A port that nothing listens on; two that are asked for at once differ. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
