import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { registry } from '../../subgraphs/registry.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import type { ServerRun } from '../support/run-server.ts'
import { type Name, names } from './candidate-names.ts'
import { databaseUrls, variableOf } from './open-ours.ts'
import { plainSupergraph } from './plain/schemas.ts'

/** Starts a Node process with these arguments; resolves once it says where it answers. */
export type Start = (
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  says: RegExp,
) => Promise<{ url: string; pid: number } & Pick<ServerRun, 'says'>>

type Started = { url: string; pids: number[] }
type Starter = { asksWho: boolean; started: () => Promise<Started> }

const here = import.meta.dirname
const hive = join(here, 'peers/node_modules/@graphql-hive/gateway/dist/bin.js')
/** As `npm start` does: a start compiles what the one before compiled. */
const cached = { NODE_COMPILE_CACHE: join(here, '../../node_modules/.compile-cache') }
const graph = /The graph answers at (http:\S+\/graphql)/
const answering = /answers at (http:\S+?)\/?\n/

/** How each candidate is started over a cluster, and this project with nothing compiled. */
export function createStarters(
  start: Start,
  cluster: OwnCluster,
  folder: string,
  dataDir: string,
): Record<Name, Starter> & { plain: () => Promise<Started> } {
  const databases: Record<string, string> = { ...cached, ...databaseUrls(cluster) }
  const quiet = { ...cached, PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: dataDir }
  const program = async (env: Readonly<Record<string, string>>, file: string, ...args: string[]): Promise<Started> => {
    const { url, pid } = await start([join(here, 'candidates', file), ...args], env, answering)
    return { url: `${url}/graphql`, pids: [pid] }
  }
  const variant = (off: string) => program({ ...quiet, ...databases }, 'own-variant.ts', off)

  async function whole(): Promise<Started> {
    const { url, pid } = await start(['gateway/main.ts'], { ...quiet, ...databases }, graph)
    return { url, pids: [pid] }
  }
  /** All of this project's subgraphs in a second process, and their addresses as the gateway is given them. */
  async function remote(): Promise<Started> {
    const served = registry.map(({ name }) => name)
    const addressOf = (name: string): RegExp => new RegExp(`^${name} answers at (\\S+)$`, 'm')
    const command = ['subgraphs/serve.ts', ...served]
    const below = await start(command, { ...quiet, ...databases }, addressOf(served[0] ?? ''))
    const env: Record<string, string> = { ...quiet, DATABASE_URL_OVERSIGHT: databases['DATABASE_URL_OVERSIGHT'] ?? '' }
    for (const name of served) {
      const [, url = ''] = await below.says(addressOf(name))
      env[`SUBGRAPH_URL_${variableOf(name)}`] = url
    }
    const { url, pid } = await start(['gateway/main.ts'], env, graph)
    return { url, pids: [pid, below.pid] }
  }
  let plainSubgraphs: ReturnType<Start> | null = null
  const belowPeers = () =>
    (plainSubgraphs ??= start([join(here, 'candidates/plain-subgraphs.ts')], databases, answering))
  async function stock(kind: 'remote' | 'local'): Promise<Started> {
    const below = await belowPeers()
    const { url, pids } = await program(databases, 'stock-gateway.ts', kind, below.url)
    return { url, pids: kind === 'remote' ? [...pids, below.pid] : pids }
  }
  async function hiveWith(...flags: readonly string[]): Promise<Started> {
    const below = await belowPeers()
    const supergraph = join(folder, 'supergraph.graphql')
    writeFileSync(
      supergraph,
      plainSupergraph((name) => `${below.url}/${name}`),
    )
    const port = await freePort()
    const command = [hive, 'supergraph', supergraph, '-h', '127.0.0.1', '-p', String(port), '--fork', '1', ...flags]
    const { pid } = await start(command, { ...cached, NODE_ENV: 'production' }, /(Listening|Serving|listening)/)
    return { url: `http://127.0.0.1:${port}/graphql`, pids: [pid, below.pid] }
  }
  const own = (started: Starter['started']): Starter => ({ asksWho: true, started })
  const peer = (started: Starter['started']): Starter => ({ asksWho: false, started })
  return {
    [names.whole]: own(whole),
    [names.remote]: own(remote),
    [names.open]: own(() => variant('enforcement')),
    [names.unlogged]: own(() => variant('log')),
    [names.stockRemote]: peer(() => stock('remote')),
    [names.stockLocal]: peer(() => stock('local')),
    [names.hive]: peer(() => hiveWith()),
    [names.hiveRust]: peer(() => hiveWith('--hive-router-runtime')),
    [names.hand]: peer(() => program(databases, 'hand-written.ts')),
    plain: () => variant('speed'),
  }
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
