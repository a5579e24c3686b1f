import { databaseName } from '../../subgraphs/kit/postgres/database-names.ts'
import { registry } from '../../subgraphs/registry.ts'
import type { OwnCluster } from '../support/own-cluster.ts'
import { runServer } from '../support/run-server.ts'

/** This project over a cluster, in one process, as its users run it, with its keys in `dataDir`; `flags` are Node's. */
export async function openOurs(
  cluster: OwnCluster,
  dataDir: string,
  flags: readonly string[] = [],
): Promise<{ url: string; pid: number; close: () => Promise<unknown> }> {
  const env = { PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: dataDir, ...databaseUrls(cluster) }
  const { child, says, ended } = runServer(env, [process.execPath, ...flags, 'gateway/main.ts'])
  const [, url = ''] = await says(/The graph answers at (http:\S+\/graphql)/)
  const close = (): Promise<unknown> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url, pid: child.pid ?? 0, close }
}

/** `DATABASE_URL_*` of every subgraph of a cluster. */
export function databaseUrls({ url }: OwnCluster): Record<string, string> {
  const own = registry.filter(({ tables }) => tables.length > 0)
  const login = (name: string) => url(name, `${databaseName(name)}_service`)
  return Object.fromEntries(own.map(({ name }) => [`DATABASE_URL_${variableOf(name)}`, login(name)]))
}

/** The part of a subgraph's name in environment variables. */
export function variableOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}
