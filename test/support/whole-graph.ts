import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { FormattedExecutionResult } from 'graphql'
import { stripIgnoredCharacters } from 'graphql'
import { Client } from 'pg'
import { pino } from 'pino'
import { keysOf, type ServerKeys } from '../../config/kept-keys.ts'
import { createGateway } from '../../gateway/create-gateway.ts'
import { createMetrics } from '../../gateway/metrics.ts'
import { createServer } from '../../gateway/server.ts'
import { createDataSource } from '../../gateway/transport/data-source.ts'
import { noTrustedDocuments } from '../../gateway/trusted-documents.ts'
import { createIdentity } from '../../identity/identity.ts'
import type { DisclosureReceipt } from '../../policy/disclosure.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import type { VolumePolicy } from '../../policy/volume.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { readDictionary } from '../../schema/read-dictionary.ts'
import { subgraphDocument } from '../../schema/subgraph-document.ts'
import { openSubgraphs } from '../../subgraphs/open-subgraphs.ts'
import { fillRegister } from '../../subgraphs/oversight/fill-register.ts'
import { registry } from '../../subgraphs/registry.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from './create-test-database.ts'

export type Question = {
  /** A persona, or claims of a token of one's own. */
  as: string | Record<string, unknown>
  query: string
  purpose?: string | undefined
  case?: string | undefined
  variables?: Record<string, unknown> | undefined
}
export type Answer = {
  status: number
  body: FormattedExecutionResult & {
    extensions?: { masked?: { path: (string | number)[]; coordinate: string; mask: string }[] }
  }
  /** Receipts of the request's records, taken out of `body`: no two are alike. */
  receipts: DisclosureReceipt[]
  /** What was sent to subgraphs: `name: document`, in the order of sending. */
  fetches: string[]
  requestId: string
}

/** The whole graph in this process, over databases of the test file's own, without a socket. */
export type WholeGraph = {
  ask: (question: Question) => Promise<Answer>
  /** `OUTCOME Type.field` of every line the log holds of a request, sorted. */
  logOf: (requestId: string) => Promise<string[]>
  /** Every line the log holds of a request, whole but for ids and times, sorted. */
  entriesOf: (requestId: string) => Promise<string[]>
  /** Everything the server and the subgraphs wrote to their log so far, at the most talkative level. */
  logged: () => string
  databases: ReadonlyMap<string, TestDatabase>
  keys: ServerKeys
  /** Opens a socket as well. Resolves to the address of `/graphql`. */
  listen: () => Promise<string>
  tokenOf: (persona: string) => Promise<string>
  close: () => Promise<void>
}

export type GraphOptions = {
  /** Other figures to count people by. */
  volume?: VolumePolicy
  /** Another replica of this graph: on its databases, with its keys. Close it first. */
  beside?: WholeGraph
  /** Nothing is compiled: every fetch is run by graphql's executor, every plan by Apollo's. */
  isPlain?: boolean
}

/** The seed and size that every whole-graph test uses: one template a run. */
const population = createPopulation({ seed: 20_250_701, size: 1000 })

/**
 * Opens everything as the entry point does, but for sockets and the embedded server's start. `hostOf` puts something
 * between the graph and a subgraph's database.
 */
export async function openWholeGraph(
  hostOf: (subgraph: string) => string | undefined = () => undefined,
  options: GraphOptions = {},
): Promise<WholeGraph> {
  const { beside, isPlain = false } = options
  const databases = new Map<string, TestDatabase>(beside?.databases)
  for (const definition of beside === undefined ? registry : []) {
    if (definition.tables.length > 0) databases.set(definition.name, await createTestDatabase(definition, population))
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'graph-test-'))
  // A key of its own would let sketches of a few people be one off in one run and not in the next.
  const secrets = { sealKeys: null, contextKey: null, logSigningKey: null, logPseudonymKey: Buffer.alloc(32, 7) }
  const keys = beside?.keys ?? keysOf({ dataDir, secrets })
  if (beside === undefined)
    await fillRegister(databases.get('oversight')?.as('oversight_registrar') ?? {}, keys.pseudonym)
  const identity = await createIdentity({ dataDir, oidcIssuer: null })
  const policy = loadPolicy()
  const graph = loadGraph()
  const hashes = { bundleHash: policy.rules.hash, schemaHash: graph.schemaHash }
  const lines: string[] = []
  const open = openSubgraphs({
    definitions: registry,
    documents: new Map(registry.map((definition) => [definition.name, subgraphDocument(definition).document])),
    policy: { classes: graph.classes, arguments: graph.arguments, rules: policy.rules.rules, ...hashes },
    names: new Map(
      [...readDictionary(registry).entries].map(([id, entry]) => [id, { vi: entry.name_vi, en: entry.name_en }]),
    ),
    keys,
    databaseOf: (subgraph, role) => {
      const host = hostOf(subgraph)
      return { ...databases.get(subgraph)?.as(role), ...(host === undefined ? {} : { host }) }
    },
    clock: () => new Date(),
    report: (line) => lines.push(line),
    bundles: [policy.rules.text, graph.supergraphSdl],
    ...(options.volume === undefined ? {} : { volume: options.volume }),
    isPlain,
  })
  const fetches = new Map<string, string[]>()
  const sourceOf = (name: string) =>
    createDataSource(({ context, ...fetch }) => {
      fetches.get(context.requestId)?.push(`${name}: ${stripIgnoredCharacters(fetch.query)}`)
      const subgraph = open.byName.get(name)
      return subgraph === undefined ? Promise.reject(new Error(name)) : subgraph.run({ ...fetch, ...context })
    })
  const server = await createServer(
    { isLocal: true },
    {
      gateway: createGateway(graph, policy.rules.rules, sourceOf, open.openPerson, isPlain),
      listSizes: graph.listSizes,
      verifier: identity.verifier,
      purposes: policy.purposes,
      log: open.log,
      ...hashes,
      clock: () => new Date(),
      ready: open.ready,
      publicKeys: identity.publicKeys,
      documents: noTrustedDocuments,
      page: { folder: () => null, ready: Promise.resolve(false), personas: null },
      metrics: createMetrics(),
      logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    },
  )
  const personas = new Map(loadPersonas().map((one) => [one.persona, one]))
  const log = new Client(databases.get('oversight')?.superuser)
  await log.connect()

  return {
    databases,
    keys,
    listen: async () => `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`,
    tokenOf: async (persona) => (await identity.localIssuer?.sign(personas.get(persona)?.claims ?? {})) ?? '',
    ask: async ({ as, query, purpose, case: caseNumber, variables }) => {
      const requestId = lettersOnly(randomUUID())
      const sent: string[] = []
      fetches.set(requestId, sent)
      const claims = typeof as === 'string' ? personas.get(as)?.claims : as
      if (claims === undefined) throw new Error(`no persona ${String(as)}`)
      const token = claims === null ? null : await identity.localIssuer?.sign(claims)
      const response = await server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: {
          'content-type': 'application/json',
          'x-request-id': requestId,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(purpose === undefined ? {} : { 'x-purpose': purpose }),
          ...(caseNumber === undefined ? {} : { 'x-case': caseNumber }),
        },
        payload: JSON.stringify({ query, variables }),
      })
      fetches.delete(requestId)
      return { status: response.statusCode, ...withoutReceipts(response.json()), fetches: sent, requestId }
    },
    logOf: async (requestId) => {
      const { rows } = await log.query<{ line: string }>(
        `select distinct e.outcome || ' ' || c as line from disclosure d
         join disclosure_entry e on left(e.id::text, 32) = left(d.id::text, 32), unnest(e.coordinates) c where d.request_id = $1 order by 1`,
        [requestId],
      )
      return rows.map(({ line }) => line).toSorted()
    },
    entriesOf: async (requestId) => {
      const { rows } = await log.query<{ line: string }>(
        `select jsonb_build_array(e.subject, e.coordinates, e.outcome, e.code, e.level, e.rule, e.basis, e.citation, e.consent_id,
           e.consent_version, e.case_number,
           convert_from(e.body, 'UTF8')::jsonb -> 'facts', d.operation, d.purpose, d.staff_code)::text as line
         from disclosure d join disclosure_entry e on left(e.id::text, 32) = left(d.id::text, 32) where d.request_id = $1`,
        [requestId],
      )
      return rows.map(({ line }) => line).toSorted()
    },
    logged: () => lines.join('\n'),
    close: async () => {
      await server.close()
      await open.close()
      await log.end()
      await rm(dataDir, { recursive: true })
      if (beside === undefined) for (const database of databases.values()) await database.drop()
    },
  }
}

function withoutReceipts(body: Answer['body'] & { extensions?: { receipts?: DisclosureReceipt[] } }) {
  const { receipts = [], ...extensions } = body.extensions ?? {}
  const { extensions: _split, ...rest } = body
  return { receipts, body: Object.keys(extensions).length === 0 ? rest : { ...rest, extensions } }
}

/** The log scrubs digits that could be somebody’s number from what a client chose, request ids too. */
const lettersOnly = (uuid: string): string => uuid.replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
