import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import { buildSchema } from './build-schema.ts'
import { type CompiledPath, createCompiledPath } from './compiled/compiled-path.ts'
import { createImpersonalPath } from './impersonal/impersonal-path.ts'
import { runRequest, type SubgraphRequest } from './run-request.ts'
import { createDecisions } from '../../policy/remembered-decisions.ts'
import { createRuntime, type SubgraphRuntime } from './runtime.ts'
import { createTurns } from './turns.ts'
import type { SubgraphDefinition, SubgraphServices } from './types.ts'

/** A subgraph that can be asked: in this process, or by the server around it. */
export type Subgraph = {
  name: string
  schema: GraphQLSchema
  /** Never rejects. */
  run: (request: SubgraphRequest) => Promise<ExecutionResult>
}

/** What all subgraphs of a process share. */
export type GraphPolicy = Pick<SubgraphRuntime, 'classes' | 'arguments' | 'rules' | 'bundleHash' | 'schemaHash'>

/**
 * Connections left for statements beside the snapshots of requests (a change's transaction, a list of one's own making):
 * were there none, requests that each hold one would wait for each other's.
 */
export const sparedConnections = 4
/** The gateway waits no longer for a fetch. */
const patienceMs = 10_000

/** Makes a definition executable. Throws, naming the coordinate, where a field can't be resolved or has no class. */
export function createSubgraph(
  definition: SubgraphDefinition,
  document: DocumentNode,
  policy: GraphPolicy & Partial<Pick<SubgraphRuntime, 'decisions'>>,
  services: SubgraphServices,
): Subgraph {
  const runtime = createRuntime(definition, { decisions: createDecisions(policy.rules), ...policy })
  const schema = buildSchema(runtime, document)
  const turn = createTurns(Math.max(1, services.pool.options.max - sparedConnections), patienceMs)
  const compiled = services.isPlain === true ? null : compiledPath(runtime, schema, services.pool, turn)
  return {
    name: definition.name,
    schema,
    run: (request) => runRequest(runtime, schema, services, request, { turn, compiled }),
  }
}

/** What hangs on citizens, and what speaks of nobody. */
function compiledPath(...of: Parameters<typeof createCompiledPath>): CompiledPath {
  const [ofCitizens, impersonal] = [createCompiledPath(...of), createImpersonalPath(...of)]
  return async (...fetch) => (await ofCitizens(...fetch)) ?? impersonal(...fetch)
}
