/** The entry point: the only file of the gateway that knows the subgraphs. */
import { createServer as createHttpServer, type Server } from 'node:http'
import { exportJWK } from 'jose'
import { pino } from 'pino'
import { isConfigProblem } from '../config/config-problem.ts'
import { configFromEnvironment, type Config } from '../config/environment.ts'
import { keysOf, type ServerKeys } from '../config/kept-keys.ts'
import { createIdentity } from '../identity/identity.ts'
import { isStartRefused, startRefused } from '../subgraphs/kit/postgres/start-refused.ts'
import { openLocal, type OpenGraph } from '../subgraphs/open-local.ts'
import { registry } from '../subgraphs/registry.ts'
import { createGateway } from './create-gateway.ts'
import { createMetrics } from './metrics.ts'
import { createServer } from './server.ts'
import { createDataSource } from './transport/data-source.ts'
import { createRemoteSubgraph } from './transport/remote-subgraph.ts'
import { noTrustedDocuments } from './trusted-documents.ts'

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
  const keys = keysOf(config)
  const local = names.filter((name) => !config.subgraphUrls.has(name))
  const graph = await openLocal({ config, keys, names: local, address, report: console.error })
  const server = await serve(config, keys, graph, http)
  let stopping: Promise<void> | null = null
  const stop = () => {
    stopping ??= server.close().then(graph.close).then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (graph.notice !== null) console.log(graph.notice)
  console.log(`The graph answers at ${address}/graphql; the explorer is at ${address}/`)
}

async function serve(config: Config, keys: ServerKeys, graph: OpenGraph, http: Server) {
  const identity = await createIdentity(config)
  const hashes = { bundleHash: graph.policy.rules.hash, schemaHash: graph.graph.schemaHash }
  const sourceOf = (name: string) => {
    const subgraph = graph.byName.get(name)
    const url = config.subgraphUrls.get(name)
    if (subgraph !== undefined) return createDataSource(({ context, ...fetch }) => subgraph.run({ ...fetch, ...context }))
    if (url === undefined || keys.context === null) throw startRefused(`CONTEXT_KEY: a private key is needed to ask ${name}`)
    return createDataSource(createRemoteSubgraph(name, url, keys.context, hashes))
  }
  const signing = { ...(await exportJWK(keys.signing.publicKey)), kid: keys.signing.kid, alg: 'EdDSA', use: 'sig' }
  return createServer(config, {
    gateway: createGateway(graph.graph, graph.policy.rules.rules, sourceOf),
    verifier: identity.verifier,
    purposes: graph.policy.purposes,
    log: graph.log,
    ...hashes,
    clock: () => new Date(),
    ready: async () => [{ part: 'identity', ok: await identity.ready() }, ...(await graph.ready())],
    publicKeys: [signing, ...identity.publicKeys],
    documents: noTrustedDocuments,
    page: { folder: () => null, personas: null },
    metrics: createMetrics(),
    logger: pino({ level: config.logLevel, base: null }),
    http,
  })
}

function listening({ port, host }: Config): Promise<Server> {
  const http = createHttpServer()
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' ? `PORT: ${port} is taken on ${host}; set another PORT or stop what listens there` : `PORT: can't listen on ${host}:${port} (${error.code})`
      reject(startRefused(taken))
    })
    http.listen(port, host, () => resolve(http))
  })
}

function addressOf({ host }: Config, http: Server): string {
  const bound = http.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
