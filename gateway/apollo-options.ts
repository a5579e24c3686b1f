import type { ApolloServerOptions } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { FastifyBaseLogger } from 'fastify'
import type { GatewayContext } from './context.ts'
import { withDeadline } from './deadline.ts'
import { most } from '../policy/operation/limits.ts'
import { limits } from './limits.ts'
import { answerStatus } from './plugins/answer-status.ts'
import { cleanError } from './plugins/clean-error.ts'
import { countOutcomes } from './plugins/count-outcomes.ts'
import { apolloPluginOf } from './plugins/graphql-plugin.ts'
import type { GraphqlPlugin } from './plugins/graphql-plugin.ts'
import { logFailures } from './plugins/log-failures.ts'
import { maskedValues } from './plugins/masked-values.ts'
import { operationLimits } from './plugins/operation-limits.ts'
import { recordReceipts } from './plugins/record-receipts.ts'
import { recordRequest } from './plugins/record-request.ts'
import { requestIdInErrors } from './plugins/request-id.ts'
import type { ServerDeps } from './server.ts'

/**
 * How Apollo Server is run here: nothing leaves for Apollo's own services, nothing of the schema is suggested to those
 * who guess, and every concern is one plugin of this list, in this order.
 */
export function apolloOptions(
  { isLocal }: { isLocal: boolean },
  deps: ServerDeps,
  logger: FastifyBaseLogger,
): ApolloServerOptions<GatewayContext> {
  const plugins: readonly GraphqlPlugin[] = [
    operationLimits(deps.listSizes),
    logFailures(logger),
    maskedValues,
    recordRequest(deps),
    recordReceipts,
    requestIdInErrors,
    answerStatus,
    countOutcomes(deps.metrics),
  ]
  return {
    gateway: withDeadline(deps.gateway, deps.deadline ?? limits.deadline),
    // The schema is public as a file; a server others can reach does not hand it out.
    introspection: isLocal,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    formatError: cleanError,
    parseOptions: { maxTokens: most.tokens },
    validationOptions: { maxErrors: most.mistakes },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: quietLogger(logger),
    plugins: [
      apolloPluginOf(plugins),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  }
}

/** Apollo's own messages may quote an error, and an error may quote a value: only that something was said is kept. */
function quietLogger(logger: FastifyBaseLogger) {
  const said = (level: 'error' | 'warn') => () => logger[level]('the GraphQL server reported a problem')
  return { debug: () => {}, info: () => {}, warn: said('warn'), error: said('error') }
}
