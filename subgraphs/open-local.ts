import type { Config } from '../config/environment.ts'
import type { ServerKeys } from '../config/kept-keys.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { loadApprovedFiles } from '../policy/review/approved-files.ts'
import { bundleFrom } from '../policy/review/load-bundle.ts'
import { loadGraph } from '../schema/load-graph.ts'
import { readDictionary } from '../schema/read-dictionary.ts'
import { subgraphDocument } from '../schema/subgraph-document.ts'
import { openDatabases } from './open-databases.ts'
import { openSubgraphs, type OpenSubgraphs } from './open-subgraphs.ts'
import { refuseUnapproved } from './refuse-unapproved.ts'
import { fillRegister } from './oversight/fill-register.ts'
import { registry } from './registry.ts'

/** The subgraphs of this process with all they stand on, and what every process of the graph decides by. */
export type OpenGraph = OpenSubgraphs & {
  graph: ReturnType<typeof loadGraph>
  policy: ReturnType<typeof loadPolicy>
  /** What the person who starts should know of places they did not choose. */
  notice: string | null
}

export type LocalOptions = {
  config: Config
  keys: ServerKeys
  /** The subgraphs to open here; the others run elsewhere. */
  names: readonly string[]
  address: string
  report: (line: string) => void
}

/**
 * Opens databases and subgraphs in this process. Facts and log are needed by every subgraph, the log by a gateway without
 * any. Rejects with lines for people where something is missing; then nothing is left running.
 */
export async function openLocal({ config, keys, names, address, report }: LocalOptions): Promise<OpenGraph> {
  const policy = loadPolicy()
  const graph = loadGraph()
  await refuseUnapproved(config, loadApprovedFiles(), bundleFrom(policy, graph), report)
  const definitions = registry.filter(({ name }) => names.includes(name))
  const own = definitions.filter(({ tables }) => tables.length > 0).map(({ name }) => name)
  const linked = definitions.flatMap(({ links = [], compares = [] }) => [...links, ...compares])
  const shared = own.length + linked.length === 0 ? ['oversight'] : ['consent', 'oversight']
  const needed = [...new Set([...own, ...shared, ...linked])]
  const databases = await openDatabases({ config, definitions: registry, needed, address, log: report })
  const { classes, arguments: argumentClasses, schemaHash } = graph
  const entries = [...readDictionary(registry).entries]
  const open = openSubgraphs({
    definitions,
    documents: new Map(definitions.map((definition) => [definition.name, subgraphDocument(definition).document])),
    policy: {
      classes,
      arguments: argumentClasses,
      rules: policy.rules.rules,
      bundleHash: policy.rules.hash,
      schemaHash,
    },
    names: new Map(entries.map(([id, entry]) => [id, { vi: entry.name_vi, en: entry.name_en }])),
    keys,
    databaseOf: databases.databaseOf,
    runsJobs: true,
    clock: () => new Date(),
    report,
    bundles: [policy.rules.text, graph.supergraphSdl],
  })
  // The seed's own register: a server that is given to us has its register filled by the agencies.
  if (config.isLocal && names.includes('oversight') && !config.databaseUrls.has('oversight'))
    await fillRegister(databases.databaseOf('oversight', 'oversight_registrar'), keys.pseudonym)
  return {
    ...open,
    graph,
    policy,
    notice: databases.notice,
    close: async () => {
      await open.close()
      await databases.close()
    },
  }
}
