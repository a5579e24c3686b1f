import { generateKeyPairSync } from 'node:crypto'
import { parse } from 'graphql'
import type { ExecutionResult } from 'graphql'
import type { Pool } from 'pg'
import { nobody } from '../../identity/principal.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import type { PersonFacts, Principal } from '../../policy/types.ts'
import { composeSupergraph } from '../../schema/compose.ts'
import { subgraphDocument } from '../../schema/subgraph-document.ts'
import { uncounted } from './uncounted.ts'
import type { ReadingCounts } from '../../subgraphs/kit/counting/reading-counts.ts'
import { createSubgraph } from '../../subgraphs/kit/create-subgraph.ts'
import { createSealedIds } from '../../subgraphs/kit/sealed-ids.ts'
import type { SubgraphDefinition, SubgraphServices } from '../../subgraphs/kit/types.ts'

export type AskedSubgraph = {
  /** Runs one operation of the subgraph, as nobody unless said. */
  ask: (query: string, principal?: Principal) => Promise<ExecutionResult>
  /** What was appended to the log, oldest first. */
  records: readonly DisclosureRecord[]
}

/**
 * One subgraph over a test database, with the rules in force and no gateway before it. Consents and cases are what
 * `factsOf` says; without it everybody is an adult who consented to nothing. `beside` are the subgraphs it composes with.
 */
export function askSubgraph(
  definition: SubgraphDefinition,
  options: {
    pool: Pool
    beside?: readonly SubgraphDefinition[]
    factsOf?: (person: string, principal: Principal) => Partial<PersonFacts>
    counts?: ReadingCounts
  },
): AskedSubgraph {
  const { classification, classes, dictionary, hash } = composeSupergraph([definition, ...(options.beside ?? [])])
  const { rules } = loadPolicy()
  const records: DisclosureRecord[] = []
  const graph = {
    classes,
    names: new Map([...dictionary].map(([id, entry]) => [id, { vi: entry.name_vi, en: entry.name_en }])),
    rules: rules.rules,
    bundleHash: rules.hash,
    schemaHash: hash,
  }
  const services: SubgraphServices = {
    pool: options.pool,
    poolAs: () => options.pool,
    log: { append: async (record) => void records.push(record) },
    facts: {
      load: async (persons, principal) =>
        new Map(
          persons.map((person) => [
            person,
            { ...strangers(person, principal), ...options.factsOf?.(person, principal) },
          ]),
        ),
      reserve: async (ids) => new Map(ids.map((id) => [id, true])),
    },
    counts: options.counts ?? uncounted,
    ids: createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }]),
    keys: { signing: { kid: 'test', ...generateKeyPairSync('ed25519') }, pseudonym: new Uint8Array(32) },
    graph,
    clock: () => new Date('2026-11-22T02:00:00Z'),
  }
  const policy = {
    classes,
    arguments: classification.arguments,
    rules: rules.rules,
    bundleHash: rules.hash,
    schemaHash: hash,
  }
  const subgraph = createSubgraph(definition, subgraphDocument(definition).document, policy, services)
  return {
    records,
    ask: (query, principal = nobody) =>
      subgraph.run({
        document: parse(query),
        operationName: null,
        variables: {},
        principal,
        requestId: 'request',
        traceId: 'trace',
      }),
  }
}

function strangers(person: string, principal: Principal): PersonFacts {
  const relation = principal.personalId === person ? 'SELF' : 'OTHER'
  return { subjectClass: 'ADULT', relation, consents: [], caseCoordinates: null, approvedCoordinates: null }
}
