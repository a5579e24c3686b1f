/** The entry point: the only file of the gateway that knows the subgraphs. */
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pino } from 'pino'
import { isConfigProblem } from '../config/config-problem.ts'
import { configFromEnvironment, type Config } from '../config/environment.ts'
import { formerKeys } from '../config/former-keys.ts'
import { keysOf, type ServerKeys } from '../config/kept-keys.ts'
import { openPage, type OpenPage } from '../console/open-page.ts'
import { publicJwks } from '../config/public-jwks.ts'
import { onStopSignals } from '../config/stop-signals.ts'
import { createIdentity } from '../identity/identity.ts'
import { problem } from '../policy/errors.ts'
import { readLivingOwner } from '../subgraphs/kit/postgres/owner-note.ts'
import { isStartRefused, startRefused } from '../subgraphs/kit/postgres/start-refused.ts'
import { openLocal, type OpenGraph } from '../subgraphs/open-local.ts'
import { registry } from '../subgraphs/registry.ts'
import { consolePageOf } from './console-page.ts'
import type { GatewayContext } from './context.ts'
import { createGateway } from './create-gateway.ts'
import { observeLog } from './log-metrics.ts'
import { createMetrics } from './metrics.ts'
import { createServer } from './server.ts'
import { createDataSource } from './transport/data-source.ts'
import { remoteReadiness } from './transport/remote-readiness.ts'
import { createRemoteSubgraphs } from './transport/remote-subgraph.ts'
import { volumeShares } from '../subgraphs/kit/counting/volume-shares.ts'
import { loadTrustedDocuments } from './trusted-documents.ts'
import { watchVolume } from './volume-metric.ts'

/** What the client code generator registered: operations that may be asked for by their id. */
const trustedDocuments = join(import.meta.dirname, '../docs/guides/generated/persisted-documents.json')

await main().catch((error: unknown) => {
  if (!isConfigProblem(error) && !isStartRefused(error)) throw error
  console.error(error.message)
  process.exit(1)
})

async function main(): Promise<void> {
  const names = registry.map(({ name }) => name)
  const config = configFromEnvironment(process.env, names)
  // The port is taken first: a second start on it must not touch the data of the one that runs.
  const http = await listening(config)
  const address = addressOf(config, http)
  // Until there is something to drain, ending is enough: PostgreSQL goes with this process, a seeding is undone.
  const drainBy = onStopSignals()
  const keys = keysOf(config)
  const local = names.filter((name) => !config.subgraphUrls.has(name))
  const graph = await openLocal({ config, keys, names: local, address, report: console.error })
  // Built beside the running server where it is missing: the first answer does not wait for it.
  const page = openPage()
  const server = await serve({ config, keys, graph, http, page })
  drainBy(async () => {
    page.close()
    await server.close()
    await graph.close()
  })
  if (graph.notice !== null) console.log(graph.notice)
  console.log(`The graph answers at ${address}/graphql; the explorer is at ${address}/`)
}

type Parts = { config: Config; keys: ServerKeys; graph: OpenGraph; http: Server; page: OpenPage }

async function serve({ config, keys, graph, http, page }: Parts) {
  const identity = await createIdentity(config)
  const hashes = { bundleHash: graph.policy.rules.hash, schemaHash: graph.graph.schemaHash }
  const remote = keys.context === null ? null : createRemoteSubgraphs(keys.context, hashes)
  // An id that another process is to open must be one.
  const scopeOf = ({ scope }: GatewayContext) =>
    scope === null || config.subgraphUrls.size === 0 ? scope : { ...scope, hidesIds: false }
  const sourceOf = (name: string) => {
    const subgraph = graph.byName.get(name)
    const url = config.subgraphUrls.get(name)
    if (subgraph !== undefined)
      return createDataSource(({ context, ...fetch }) =>
        subgraph.run({ ...fetch, ...context, scope: scopeOf(context) }),
      )
    if (url === undefined || remote === null) throw startRefused(`CONTEXT_KEY: a private key is needed to ask ${name}`)
    return createDataSource(remote(name, url))
  }
  const metrics = createMetrics()
  observeLog(metrics.registry, graph.logWindow)
  watchVolume(metrics.registry, () => volumeShares(graph.counts.known()))
  return createServer(config, {
    gateway: createGateway(graph.graph, graph.policy.rules.rules, sourceOf, graph.openPerson),
    listSizes: graph.graph.listSizes,
    verifier: identity.verifier,
    purposes: graph.policy.purposes,
    log: graph.log,
    ...hashes,
    clock: () => new Date(),
    ready: async () => {
      const remote = [...config.subgraphUrls].map(([name, url]) => remoteReadiness(name, url))
      const identityPart = identity.ready().then((ok) => [{ part: 'identity', ok }])
      return (await Promise.all([identityPart, graph.ready(), ...remote])).flat()
    },
    publicKeys: [
      ...publicJwks([keys.signing, ...config.logFormerKeys, ...formerKeys(config.dataDir, 'log')]),
      ...identity.publicKeys,
    ],
    documents: loadTrustedDocuments(trustedDocuments),
    page: consolePageOf(page, identity.localIssuer),
    metrics,
    logger: pino({ level: config.logLevel, base: null }, pino.destination(2)),
    http,
  })
}

function listening(config: Config): Promise<Server> {
  const { port, host } = config
  const http = createHttpServer(notYet)
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      void portRefusal(error, config).then(reject)
    })
    http.listen(port, host, () => resolve(http))
  })
}

/** Until the graph is there, whoever asks is told to come again. */
function notYet(_request: IncomingMessage, response: ServerResponse): void {
  const { message, extensions } = problem('SUBGRAPH_UNAVAILABLE')
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1', connection: 'close' })
  response.end(JSON.stringify({ errors: [{ message, extensions }] }))
}

async function portRefusal({ code }: NodeJS.ErrnoException, { port, host, dataDir }: Config): Promise<Error> {
  if (code !== 'EADDRINUSE') return startRefused(`PORT: can't listen on ${host}:${port} (${code})`)
  const owner = await readLivingOwner(dataDir).catch(() => null)
  const isOurs = owner?.address?.endsWith(`:${port}`) === true
  const who = isOurs ? `process ${owner.pid} serves ${dataDir} at ${owner.address} already` : `taken on ${host}`
  return startRefused(`PORT: ${port}: ${who}; stop it, or set another PORT${isOurs ? ' and DATA_DIR' : ''}`)
}

function addressOf({ host }: Config, http: Server): string {
  const bound = http.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
