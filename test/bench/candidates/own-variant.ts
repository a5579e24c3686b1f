/**
 * This project with one part taken away, to price it. `enforcement`: every field is open to everybody, so nothing is
 * decided, asked of the consent store or recorded. `log`: everything is decided, and the record goes nowhere. Only a
 * measurement can be started like this: the product has no such switch.
 */
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

const off = process.argv[2]
const config = configFromEnvironment(
  process.env,
  registry.map(({ name }) => name),
)
const policy = loadPolicy()
const given = loadGraph()
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
  definitions: registry,
  documents: new Map(registry.map((definition) => [definition.name, subgraphDocument(definition).document])),
  policy: { ...graph, rules: policy.rules.rules, ...hashes },
  names: new Map([...readDictionary(registry).entries].map(([id, { name_vi: vi, name_en: en }]) => [id, { vi, en }])),
  keys,
  databaseOf: (name, role) => ({ connectionString: config.databaseUrls.get(name) ?? '', options: `-c role=${role}` }),
  clock: () => new Date(),
  report: console.error,
  ...(off === 'log' ? { log: nowhere } : {}),
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
