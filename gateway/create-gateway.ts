import type { GraphQLDataSource } from '@apollo/gateway'
import type { GatewayInterface } from '@apollo/server-gateway-interface'
import type { Rule } from '../policy/rule.ts'
import type { Graph } from '../schema/load-graph.ts'
import { authorise } from './authorise.ts'
import { createEarlyDecisions } from '../policy/operation/early-decisions.ts'
import type { OpenPerson } from './authorise/named-persons.ts'
import { createSupergraph } from './supergraph.ts'

/** The guarded gateway: nothing is planned that the caller can never be told. `isPlain`: as `createSupergraph`. */
export function createGateway(
  graph: Graph,
  rules: readonly Rule[],
  sourceOf: (subgraph: string) => GraphQLDataSource,
  openPerson: OpenPerson,
  isPlain = false,
): GatewayInterface {
  const early = createEarlyDecisions(rules, graph.classes)
  const around = { early, arguments: graph.arguments, subjects: graph.subjects, openPerson }
  return createSupergraph(graph.supergraphSdl, sourceOf, (executor) => authorise(executor, around), isPlain)
}
