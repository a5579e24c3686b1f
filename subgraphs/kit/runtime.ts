import type { createDecisions } from '../../policy/remembered-decisions.ts'
import type { Rule } from '../../policy/rule.ts'
import type { ArgumentClass } from '../../policy/classification/types.ts'
import type { FieldClass } from '../../policy/types.ts'
import type { SubgraphDefinition, Table } from './types.ts'

/** What a subgraph knows from start to end: made once, shared by all requests, never changed. */
export type SubgraphRuntime = {
  definition: SubgraphDefinition
  classes: ReadonlyMap<string, FieldClass>
  /** `Type.field(argument)` -> the field that the argument touches. */
  arguments: ReadonlyMap<string, ArgumentClass>
  rules: readonly Rule[]
  /** Verdicts by the rules: one memory for all subgraphs of a process. */
  decisions: ReturnType<typeof createDecisions>
  /** Hash of rules and purposes; of the supergraph. Both stand in every record. */
  bundleHash: string
  schemaHash: string
  /** GraphQL type -> its rows. */
  tables: ReadonlyMap<string, Table>
  /** GraphQL type -> field -> SQL expression that may be read for it. */
  expressions: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Collects tables and readable expressions; throws where two tables claim one type. */
export function createRuntime(
  definition: SubgraphDefinition,
  policy: Pick<SubgraphRuntime, 'classes' | 'arguments' | 'rules' | 'decisions' | 'bundleHash' | 'schemaHash'>,
): SubgraphRuntime {
  const tables = new Map<string, Table>()
  const expressions = new Map<string, Map<string, string>>()
  for (const table of definition.tables) {
    if (tables.has(table.type)) throw new Error(`${definition.name}: two tables for the type ${table.type}`)
    tables.set(table.type, table)
    const readable = new Map(Object.entries(table.columns))
    for (const [field, edge] of Object.entries(definition.edges[table.type] ?? {})) {
      if (edge.kind === 'reference' || edge.kind === 'catalogue') readable.set(field, edge.column)
    }
    if (readable.size > 50) throw new Error(`${definition.name}: ${table.type} has more than 50 readable fields`)
    expressions.set(table.type, readable)
  }
  return { definition, ...policy, tables, expressions }
}
