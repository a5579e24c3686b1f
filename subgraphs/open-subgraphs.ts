import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { DocumentNode } from 'graphql'
import type { Pool, PoolConfig } from 'pg'
import type { ServerKeys } from '../config/kept-keys.ts'
import type { DisclosureLog } from '../policy/disclosure.ts'
import { loadVolumePolicy } from '../policy/load-policy.ts'
import { createDecisions } from '../policy/remembered-decisions.ts'
import type { VolumePolicy } from '../policy/volume.ts'
import { createSubgraph, sparedConnections, type GraphPolicy, type Subgraph } from './kit/create-subgraph.ts'
import { createClaimTries } from './kit/counting/claim-tries.ts'
import { openCounts, type OpenCounts } from './kit/counting/open-counts.ts'
import { createFactStore } from './kit/fact-store.ts'
import { createDisclosureLog, writerId } from './kit/log/create-disclosure-log.ts'
import { createPool } from './kit/postgres/create-pool.ts'
import { verifierRole } from './kit/postgres/database-names.ts'
import { createSealedIds } from './kit/sealed-ids.ts'
import { readLogWindow, type LogWindow } from './oversight/log-window.ts'
import type { GraphFacts, SubgraphDefinition, SubgraphServices } from './kit/types.ts'

export type OpenOptions = {
  definitions: readonly SubgraphDefinition[]
  documents: ReadonlyMap<string, DocumentNode>
  policy: GraphPolicy
  names: GraphFacts['names']
  keys: ServerKeys
  /** How a role connects to a subgraph's database. */
  databaseOf: (subgraph: string, role: string) => PoolConfig
  /** Whether subgraphs may start processes for their background work. */
  runsJobs?: boolean
  clock: () => Date
  /** Takes one line for operators, without values. */
  report: (line: string) => void
  /** Texts of the rules and of the schema in force, which the log keeps; none where this leaves them out. */
  bundles?: readonly string[]
  /** The figures people are counted by; the entry points leave it out. */
  volume?: VolumePolicy
  /** Where records go instead of the oversight database; the entry points leave it out. */
  log?: ReturnType<typeof createDisclosureLog>
  /** Every fetch goes the plain path; the entry points leave it out. */
  isPlain?: boolean
}

/** A part that must work for answers to be given, and whether it does. */
export type Part = { part: string; ok: boolean }

export type OpenSubgraphs = {
  byName: ReadonlyMap<string, Subgraph>
  /** The process's writer to the disclosure log. */
  log: DisclosureLog
  /** How far the log is written and covered by signed heads. Rejects where the log is away. */
  logWindow: () => Promise<LogWindow>
  /** Whom this process counted. */
  counts: OpenCounts
  /** The personal number that a citizen's sealed id stands for, for this audience; null for anything else. */
  openPerson: (id: string, audience: string) => string | null
  ready: () => Promise<Part[]>
  /** Ends background work, writes what waits and closes every connection. */
  close: () => Promise<void>
}

/** Opens the given subgraphs in this process: pools, facts, log, ids, background work. */
export function openSubgraphs(options: OpenOptions): OpenSubgraphs {
  const { definitions, databaseOf, keys, clock, names, report } = options
  const policy = { ...options.policy, decisions: createDecisions(options.policy.rules) }
  const pools = new Map<string, Pool>()
  const poolOf = (subgraph: string, role: string, max: number): Pool => {
    const key = `${subgraph} ${role}`
    const pool =
      pools.get(key) ?? createPool(databaseOf(subgraph, role), { applicationName: `graph ${role}`, max, log: report })
    pools.set(key, pool)
    return pool
  }
  const signing = { pseudonym: keys.pseudonym, signing: keys.signing }
  const log =
    options.log ??
    createDisclosureLog({
      pool: poolOf('oversight', 'oversight_writer', 2),
      writer: writerId('graph'),
      keys: signing,
      clock,
      bundles: options.bundles ?? [],
    })
  const counting = { applicationName: 'graph counting', max: 4, statementTimeout: 5000, log: report }
  const countPool = createPool(databaseOf('oversight', 'oversight_writer'), counting)
  pools.set('oversight counting', countPool)
  const figures = options.volume ?? loadVolumePolicy()
  const counts = openCounts({ pool: countPool, pseudonymKey: keys.pseudonym, policy: figures, clock })
  // Where no database is served here, nobody's facts are asked.
  const asksFacts = definitions.some(({ tables, compares }) => tables.length > 0 || compares !== undefined)
  const facts = createFactStore(asksFacts ? poolOf('consent', 'consent_reader', busyConnections) : nowhere())
  const reserve = createClaimTries(countPool, keys.pseudonym)
  const ids = createSealedIds(keys.seal)
  const graph: GraphFacts = {
    classes: policy.classes,
    names,
    rules: policy.rules,
    bundleHash: policy.bundleHash,
    schemaHash: policy.schemaHash,
  }

  const stopping = new AbortController()
  const byName = new Map<string, Subgraph>()
  const background: Promise<void>[] = []
  for (const definition of definitions) {
    const { name } = definition
    const document = options.documents.get(name)
    if (document === undefined) throw new Error(`${name}: no schema`)
    const compared = definition.compares?.map((other) => [other, poolOf(other, verifierRole(other), 4)] as const)
    const services: SubgraphServices = {
      pool:
        definition.tables.length === 0
          ? nowhere()
          : poolOf(name, `${name.replaceAll('-', '_')}_app`, busyConnections + sparedConnections),
      poolAs: (role) => createPool(databaseOf(name, role), { applicationName: `graph ${role}`, max: 2, log: report }),
      ...(options.runsJobs === true ? { databaseOf } : {}),
      log,
      facts,
      counts,
      ids,
      keys: signing,
      graph,
      clock,
      report,
      isPlain: options.isPlain ?? false,
      ...(compared === undefined ? {} : { verifying: { databases: new Map(compared), reserve } }),
    }
    byName.set(name, createSubgraph(definition, document, policy, services))
    if (definition.background) background.push(definition.background(services, stopping.signal))
  }

  return {
    byName,
    log,
    logWindow: () => readLogWindow(poolOf('oversight', 'oversight_writer', 2)),
    counts,
    openPerson: (id, audience) => ids.open(id, 'Citizen', audience),
    ready: () =>
      Promise.all(
        [...Map.groupBy(pools, ([key]) => key.split(' ')[0])].map(async ([name, ofDatabase]) => ({
          part: `database ${name}`,
          ok: (await Promise.all(ofDatabase.map(([, pool]) => answers(pool)))).every(Boolean),
        })),
      ),
    close: async () => {
      stopping.abort()
      await Promise.all(background)
      await counts.close()
      await log.close()
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}

/** Of a database that answers requests: few that are busy answer more than many that take the processors from each other. */
const busyConnections = Math.max(4, 2 * availableParallelism())

const patience = 1500

/** False too where it takes too long: whoever asks for readiness does not wait for a server that hangs. */
function answers(pool: Pool): Promise<boolean> {
  const answered = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answered, wait(patience, false, { ref: false })])
}

/** The pool of a subgraph that has no database: every statement is refused. */
function nowhere(): Pool {
  return createPool({ host: '/nonexistent' }, { applicationName: 'graph' })
}
