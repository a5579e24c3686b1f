import type { GraphQLDataSource } from '@apollo/gateway'
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface'
import { ApolloGateway } from './apollo-gateway.ts'
import { createExecutor } from './execution/create-executor.ts'
import { forgetSources } from './forget-sources.ts'

/**
 * Plans and executes over the supergraph: the only file that knows @apollo/gateway. `wrap` goes around its executor;
 * `sourceOf` says how a subgraph is reached. `isPlain`: every plan is run by Apollo's own executor.
 */
export function createSupergraph(
  supergraphSdl: string,
  sourceOf: (subgraph: string) => GraphQLDataSource,
  wrap: (executor: GatewayExecutor) => GatewayExecutor,
  isPlain = false,
): GatewayInterface {
  // Read by the gateway's constructor: it would send usage data to its maker.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  // The planner's limits hold, whatever the environment says.
  delete process.env['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK']
  delete process.env['APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK']
  const sources = new Map<string, GraphQLDataSource>()
  const opened = (name: string): GraphQLDataSource => {
    const source = sources.get(name) ?? sourceOf(name)
    sources.set(name, source)
    return source
  }
  const plans = createExecutor(opened)
  const inner = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => opened(name),
    __exposeQueryPlanExperimental: false,
    logger: silent,
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => plans.learn(queryPlan, requestContext),
  })
  return {
    onSchemaLoadOrUpdate: (callback) => inner.onSchemaLoadOrUpdate(callback),
    load: async (options) => {
      const { executor } = await inner.load(options)
      forgetSources(keptForPlanning.map((name) => Reflect.get(inner, name) as unknown))
      return { executor: wrap(isPlain ? executor : plans.executor(executor)) }
    },
    stop: () => inner.stop(),
  }
}

/** Its members that plans are made and run by; `schema` is the one that clients see, and stays whole. */
const keptForPlanning = ['queryPlanner', 'apiSchema', 'supergraphSchema']

/** The gateway's log lines may hold operations and errors of subgraphs: they stay unwritten. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
