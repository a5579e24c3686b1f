import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface'

/**
 * Plans and executes over the supergraph: the only file that knows @apollo/gateway. `wrap` goes around its executor;
 * `sourceOf` says how a subgraph is reached.
 */
export function createSupergraph(
  supergraphSdl: string,
  sourceOf: (subgraph: string) => GraphQLDataSource,
  wrap: (executor: GatewayExecutor) => GatewayExecutor,
): GatewayInterface {
  // Read by the gateway's constructor: it would send usage data to its maker.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  // The planner's limits hold, whatever the environment says.
  delete process.env['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK']
  delete process.env['APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK']
  const inner = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => sourceOf(name),
    __exposeQueryPlanExperimental: false,
    logger: silent,
  })
  return {
    onSchemaLoadOrUpdate: (callback) => inner.onSchemaLoadOrUpdate(callback),
    load: async (options) => {
      const { executor } = await inner.load(options)
      return { executor: wrap(executor) }
    },
    stop: () => inner.stop(),
  }
}

/** The gateway's log lines may hold operations and errors of subgraphs: they stay unwritten. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
