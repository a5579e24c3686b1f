import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type SigningKey, signingKeyFromText } from '../../config/key-text.ts'
import { approverIds } from '../../policy/review/approved-files.ts'
import { appRole, databaseName, verifierRole } from '../../subgraphs/kit/postgres/database-names.ts'
import { registry } from '../../subgraphs/registry.ts'
import { addressOf, runServer, type ServerRun } from '../support/run-server.ts'
import { type Issuer, openIssuer } from './issuer.ts'
import { openOwnCluster, type OwnCluster } from '../support/own-cluster.ts'

/** The graph in processes of their own: two gateways, one of which has every subgraph in its own process. */
export type Topology = {
  cluster: OwnCluster
  issuer: Issuer
  /** Addresses. */
  gateway: string
  inOne: string
  /** Subgraph -> address it answers at. */
  urls: ReadonlyMap<string, string>
  runs: ReadonlyMap<string, ServerRun>
  contextKey: SigningKey
  /** Starts a group anew on a port, after it was stopped. */
  startGroup: (group: string, port?: string) => Promise<void>
  close: () => Promise<void>
}

/** Which subgraphs share a process here; real use gives each its own. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  population: ['population'],
  domains: ['land', 'health', 'social-security'],
  common: ['catalogue', 'consent', 'oversight', 'node'],
  statistics: ['statistics'],
  verification: ['verification'],
}

/** Starts everything as docker-compose.yml does. `tapOf` names another way from a group to its databases. */
export async function openTopology(
  citizens: number,
  tapOf: (group: string, cluster: OwnCluster) => Promise<string | undefined>,
): Promise<Topology> {
  const [cluster, issuer] = await Promise.all([openOwnCluster(citizens), openIssuer()])
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const signingPem = (key = generateKeyPairSync('ed25519').privateKey): string =>
    key.export({ type: 'pkcs8', format: 'pem' }).toString()
  const shared = {
    PORT: '0',
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'error',
    SEAL_KEYS: `k1:${randomBytes(64).toString('base64url')}`,
    LOG_SIGNING_KEY: signingPem(),
    LOG_PSEUDONYM_KEY: randomBytes(32).toString('base64url'),
    POLICY_APPROVERS: approverIds(),
  }
  const replica = { ...shared, CONTEXT_KEY: signingPem(privateKey) }
  const lone = { ...shared, CONTEXT_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString() }

  const runs = new Map<string, ServerRun>()
  const urls = new Map<string, string>()
  const startGroup = async (group: string, port = '0'): Promise<void> => {
    const names = groups[group] ?? []
    const host = await tapOf(group, cluster)
    const databases = Object.fromEntries(
      [...loginsOf(names)].map(([name, login]) => [variable('DATABASE_URL', name), cluster.url(name, login, host)]),
    )
    const run = runServer({ ...lone, ...databases, PORT: port }, [process.execPath, 'subgraphs/serve.ts', ...names])
    runs.set(group, run)
    for (const name of names) {
      const [, url = ''] = await run.says(new RegExp(`^${name} answers at (\\S+)$`, 'm'))
      urls.set(name, url)
    }
  }
  await Promise.all(Object.keys(groups).map((group) => startGroup(group)))

  const elsewhere = Object.fromEntries([...urls].map(([name, url]) => [variable('SUBGRAPH_URL', name), url]))
  const log = { DATABASE_URL_OVERSIGHT: cluster.url('oversight', 'oversight_writer') }
  runs.set('gateway', runServer({ ...replica, ...log, ...elsewhere }))
  const own = registry.filter(({ tables }) => tables.length > 0).map(({ name }) => name)
  const all = own.map((name) => [variable('DATABASE_URL', name), cluster.url(name, `${databaseName(name)}_service`)])
  runs.set('in one', runServer({ ...replica, ...Object.fromEntries(all) }))
  const [gateway = '', inOne = ''] = await Promise.all(
    ['gateway', 'in one'].map((name) => addressOf(runs.get(name) as ServerRun)),
  )
  return {
    cluster,
    issuer,
    gateway,
    inOne,
    urls,
    runs,
    contextKey: signingKeyFromText(signingPem(privateKey)) as SigningKey,
    startGroup,
    close: async () => {
      for (const { child } of runs.values()) child.kill('SIGTERM')
      for (const { ended } of runs.values()) await ended
      await issuer.close()
      await cluster.close()
    },
  }
}

/**
 * Database -> the account of a process that serves these: a subgraph's own where it is served; elsewhere only facts, log,
 * linkage and comparing are open to it.
 */
function loginsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const served = registry.filter(({ name }) => names.includes(name))
  const withService = ['consent', 'oversight', 'statistics']
  return new Map([
    ...served.flatMap(({ links = [] }) => links).map((name) => [name, `${databaseName(name)}_linkage`] as const),
    ...served.flatMap(({ compares = [] }) => compares).map((name) => [name, verifierRole(name)] as const),
    ['consent', 'consent_reader'],
    ['oversight', 'oversight_writer'],
    ...served
      .filter(({ tables }) => tables.length > 0)
      .map(({ name }) => [name, withService.includes(name) ? `${name}_service` : appRole(name)] as const),
  ])
}

function variable(prefix: string, name: string): string {
  return `${prefix}_${name.toUpperCase().replaceAll('-', '_')}`
}
