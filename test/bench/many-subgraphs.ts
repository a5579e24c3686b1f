import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeSupergraph } from '../../schema/compose.ts'
import { registry } from '../../subgraphs/registry.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import { runServer } from '../support/run-server.ts'
import { databasesToConnect, generatedSubgraphs } from './generated-subgraphs.ts'
import { createSender, type Measured } from './measure.ts'
import { databaseUrls } from './open-ours.ts'
import { withChildren } from './process-usage.ts'
import type { RequestOf } from './requests.ts'
import type { Round } from './round.ts'
import { askerOf } from './run-workload.ts'
import { type Entrant, takeTurns } from './take-turns.ts'
import { workloads } from './workloads.ts'

/** One graph of so many subgraphs: what its start and its plans take, in milliseconds, and the rounds of W1. */
export type GraphOfSize = {
  subgraphs: number
  compose: number
  start: number
  plan: number
  rounds: Measured[]
  wrong: string | null
}

const form = workloads[0] as (typeof workloads)[number]

/** This project with its own subgraphs, and with as many as there are databases to connect; in turn, A B A B. */
export async function compareSizes(
  cluster: OwnCluster,
  folder: string,
  requestOf: RequestOf,
  round: Round,
  stop: AbortSignal,
): Promise<readonly [few: GraphOfSize, many: GraphOfSize]> {
  const few = await openGraph(cluster, folder, false)
  const many = await openGraph(cluster, folder, true).catch(async (error: unknown) => {
    await few.close()
    throw error
  })
  try {
    for (const graph of [few, many]) graph.size.plan = await planTime(graph.url, requestOf)
    const entrants = [few, many].map(({ size, url, pid }): Entrant => {
      const ask = askerOf(form, { url, asksWho: true }, requestOf)
      return { ask, own: [pid], database: () => withChildren(cluster.pid()), row: size }
    })
    await takeTurns(entrants, round, stop)
    return [few.size, many.size]
  } finally {
    await Promise.all([few.close(), many.close()])
  }
}

async function openGraph(cluster: OwnCluster, folder: string, isMany: boolean) {
  const generated = join(folder, 'generated')
  mkdirSync(generated, { recursive: true })
  const more = isMany ? generatedSubgraphs(databasesToConnect - registry.length, generated) : []
  const begun = performance.now()
  const { supergraphSdl } = composeSupergraph([...registry, ...more])
  const composed = performance.now()
  if (isMany) writeFileSync(join(generated, 'supergraph.graphql'), supergraphSdl)
  const env = { PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: join(folder, 'ours'), ...databaseUrls(cluster) }
  const file = join(import.meta.dirname, 'candidates/own-variant.ts')
  const started = performance.now()
  const { child, says, ended } = runServer(env, [process.execPath, file, 'nothing', ...(isMany ? [generated] : [])])
  const [, url = ''] = await says(/answers at (http:\S+?)\/?\n/)
  const size: GraphOfSize = {
    subgraphs: registry.length + more.length,
    compose: composed - begun,
    start: performance.now() - started,
    plan: 0,
    rounds: [],
    wrong: null,
  }
  const close = (): Promise<unknown> => {
    child.kill('SIGTERM')
    return ended
  }
  return { size, url: `${url}/graphql`, pid: child.pid ?? 0, close }
}

/** What W1 takes longer the first time than the second, as a text that was never planned: the middle of nine. */
async function planTime(url: string, requestOf: RequestOf): Promise<number> {
  const send = createSender(url, 1)
  const took = async (n: number): Promise<number> => {
    const [body, headers] = requestOf({ ...form, query: `${form.query}#${n}` }, true, n, 0)
    const begun = performance.now()
    await send(body, headers)
    return performance.now() - begun
  }
  const differences: number[] = []
  for (let n = 0; n < 10; n += 1) differences.push((await took(n)) - (await took(n)))
  return differences.slice(1).toSorted((a, b) => a - b)[4] ?? Number.NaN
}
