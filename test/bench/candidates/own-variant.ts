/**
 * This project with one part taken away, to price it. `enforcement`: every field is open to everybody, so nothing is
 * decided, asked of the consent store or recorded. `log`: everything is decided, and the record goes nowhere. `speed`:
 * nothing is compiled, so it says what is right. `nothing` with a folder: beside the subgraphs of the project those that
 * were generated there. Only a measurement can be started like this: the product has no such switch.
 */
import { join } from 'node:path'
import { pino } from 'pino'
import { configFromEnvironment } from '../../../config/environment.ts'
import { keysOf } from '../../../config/kept-keys.ts'
import { createGateway } from '../../../gateway/create-gateway.ts'
import { createMetrics } from '../../../gateway/metrics.ts'
import { createServer } from '../../../gateway/server.ts'
import { createDataSource } from '../../../gateway/transport/data-source.ts'
import { noTrustedDocuments } from '../../../gateway/trusted-documents.ts'
import { createIdentity } from '../../../identity/identity.ts'
import { loadPolicy } from '../../../policy/load-policy.ts'
import { loadGraph } from '../../../schema/load-graph.ts'
import { readDictionary } from '../../../schema/read-dictionary.ts'
import { subgraphDocument } from '../../../schema/subgraph-document.ts'
import { openSubgraphs } from '../../../subgraphs/open-subgraphs.ts'
import { registry } from '../../../subgraphs/registry.ts'
import { borrowedDatabase, databasesToConnect, generatedSubgraphs } from '../generated-subgraphs.ts'

const [off, generated] = process.argv.slice(2)
const definitions =
  generated === undefined
    ? registry
    : [...registry, ...generatedSubgraphs(databasesToConnect - registry.length, generated)]
const config = configFromEnvironment(
  process.env,
  registry.map(({ name }) => name),
)
const policy = loadPolicy()
const given = generated === undefined ? loadGraph() : loadGraph(join(generated, 'supergraph.graphql'))
const open = { level: 'L0', personal: [], inferring: [] } as const
const classes =
  off === 'enforcement'
    ? new Map([...given.classes].map(([name, field]) => [name, { ...field, ...open }]))
    : given.classes
const graph = { ...given, classes }
const hashes = { bundleHash: policy.rules.hash, schemaHash: graph.schemaHash }
const nowhere = { append: () => Promise.resolve(undefined as never), close: () => Promise.resolve() }
const keys = keysOf(config)
const subgraphs = openSubgraphs({
  definitions,
  documents: new Map(definitions.map((definition) => [definition.name, subgraphDocument(definition).document])),
  policy: { ...graph, rules: policy.rules.rules, ...hashes },
  names: new Map(
    [...readDictionary(definitions).entries].map(([id, { name_vi: vi, name_en: en }]) => [id, { vi, en }]),
  ),
  keys,
  databaseOf: (name, role) => {
    const url = config.databaseUrls.get(name)
    return url === undefined
      ? { connectionString: config.databaseUrls.get(borrowedDatabase), options: `-c role=${borrowedDatabase}_app` }
      : { connectionString: url, options: `-c role=${role}` }
  },
  clock: () => new Date(),
  report: console.error,
  ...(off === 'log' ? { log: nowhere } : {}),
  isPlain: off === 'speed',
})
const identity = await createIdentity(config)
const server = await createServer(config, {
  gateway: createGateway(
    graph,
    policy.rules.rules,
    (name) =>
      createDataSource(
        ({ context, ...fetch }) =>
          subgraphs.byName.get(name)?.run({ ...fetch, ...context }) ?? Promise.reject(new Error(name)),
      ),
    subgraphs.openPerson,
    off === 'speed',
  ),
  listSizes: graph.listSizes,
  verifier: identity.verifier,
  purposes: policy.purposes,
  log: subgraphs.log,
  ...hashes,
  clock: () => new Date(),
  ready: subgraphs.ready,
  publicKeys: identity.publicKeys,
  documents: noTrustedDocuments,
  page: { folder: () => null, ready: Promise.resolve(false), personas: null },
  metrics: createMetrics(),
  logger: pino({ level: 'silent' }),
})
console.log(`answers at ${await server.app.listen({ host: '127.0.0.1', port: 0 })}`)
process.on('SIGTERM', () => {
  void server.close().then(() => subgraphs.close())
})
