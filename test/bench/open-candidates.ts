import { join } from 'node:path'
import { registry } from '../../subgraphs/registry.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import { databaseUrls, variableOf } from './open-ours.ts'
import { runServer, type ServerRun } from '../support/run-server.ts'
import { plainSupergraph } from './plain/schemas.ts'
import { writeFileSync } from 'node:fs'

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

type Opened = { candidates: Candidate[]; dataDir: string; close: () => Promise<void> }

const here = import.meta.dirname
const hive = join(here, 'peers/node_modules/@graphql-hive/gateway/dist/bin.js')

/** Starts every candidate over one cluster; all stay up for the whole run, and only one is asked at a time. */
export async function openCandidates(cluster: OwnCluster, folder: string): Promise<Opened> {
  const runs: ServerRun[] = []
  const close = async (): Promise<void> => {
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

async function startAll(cluster: OwnCluster, folder: string, runs: ServerRun[]): Promise<Omit<Opened, 'close'>> {
  const start = async (command: readonly string[], env: Readonly<Record<string, string>>, says: RegExp) => {
    const run = runServer(env, [process.execPath, ...command])
    runs.push(run)
    const [, url = ''] = await run.says(says)
    return { url, pid: run.child.pid ?? 0 }
  }
  const databases = databaseUrls(cluster)
  const dataDir = join(folder, 'ours')
  const quiet = { PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: dataDir }
  const graph = /The graph answers at (http:\S+\/graphql)/
  const plain = /answers at (http:\S+?)\/?\n/

  const whole = await start(['gateway/main.ts'], { ...quiet, ...databases }, graph)
  const served = registry.map(({ name }) => name)
  const domains = await startDomains(served, { ...quiet, ...databases }, runs)
  const remote = await start(
    ['gateway/main.ts'],
    { ...quiet, DATABASE_URL_OVERSIGHT: databases.DATABASE_URL_OVERSIGHT ?? '', ...domains.urls },
    graph,
  )
  const variant = (off: string) =>
    start([join(here, 'candidates/own-variant.ts'), off], { ...quiet, ...databases }, plain)
  const unguarded = await variant('enforcement')
  const unlogged = await variant('log')

  const subgraphs = await start([join(here, 'candidates/plain-subgraphs.ts')], databases, plain)
  const supergraph = join(folder, 'supergraph.graphql')
  writeFileSync(
    supergraph,
    plainSupergraph((name) => `${subgraphs.url}/${name}`),
  )
  const stock = (kind: string) =>
    start([join(here, 'candidates/stock-gateway.ts'), kind, subgraphs.url], databases, plain)
  const stockRemote = await stock('remote')
  const stockLocal = await stock('local')
  const hiveOn = async (flags: readonly string[]) => {
    const port = await freePort()
    const command = [hive, 'supergraph', supergraph, '-h', '127.0.0.1', '-p', String(port), '--fork', '1', ...flags]
    const { pid } = await start(command, { NODE_ENV: 'production' }, /(Listening|Serving|listening)/)
    return { url: `http://127.0.0.1:${port}`, pid }
  }
  const hiveDefault = await hiveOn([])
  const hiveRouter = await hiveOn(['--hive-router-runtime'])
  const hand = await start([join(here, 'candidates/hand-written.ts')], databases, plain)

  const own = (name: string, url: string, pids: number[]) => ({ name, url: `${url}`, pids, asksWho: true })
  const peer = (name: string, url: string, pids: number[]) => ({ name, url: `${url}/graphql`, pids, asksWho: false })
  return {
    dataDir,
    candidates: [
      own('this project, one process', whole.url, [whole.pid]),
      own('this project, remote subgraphs', remote.url, [remote.pid, domains.pid]),
      own('this project, enforcement off', `${unguarded.url}/graphql`, [unguarded.pid]),
      own('this project, log to nowhere', `${unlogged.url}/graphql`, [unlogged.pid]),
      peer('@apollo/gateway, remote', stockRemote.url, [stockRemote.pid, subgraphs.pid]),
      peer('@apollo/gateway, local', stockLocal.url, [stockLocal.pid]),
      peer('Hive gateway', hiveDefault.url, [hiveDefault.pid, subgraphs.pid]),
      peer('Hive gateway, Rust planner', hiveRouter.url, [hiveRouter.pid, subgraphs.pid]),
      peer('hand-written handler', hand.url, [hand.pid]),
    ],
  }
}

/** All of this project's subgraphs in one second process, and their addresses as the gateway is given them. */
async function startDomains(names: readonly string[], env: Readonly<Record<string, string>>, runs: ServerRun[]) {
  const run = runServer(env, [process.execPath, 'subgraphs/serve.ts', ...names])
  runs.push(run)
  const urls: Record<string, string> = {}
  for (const name of names) {
    const [, url = ''] = await run.says(new RegExp(`^${name} answers at (\\S+)$`, 'm'))
    urls[`SUBGRAPH_URL_${variableOf(name)}`] = url
  }
  return { urls, pid: run.child.pid ?? 0 }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
