import type { FastifyBaseLogger } from 'fastify'
import { cleanError } from './clean-error.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/**
 * Logs what the client is told is INTERNAL: the kind of error and where in the code, under the request's id. Its message
 * stays out: it may quote a value, and a log is read by more people than may read the value.
 */
export function logFailures(logger: FastifyBaseLogger): GraphqlPlugin {
  return {
    name: 'log-failures',
    onErrors: (errors, { requestId }) => {
      for (const error of errors.filter((one) => cleanError(one.toJSON()).extensions?.['code'] === 'INTERNAL')) {
        const { name, stack } = error.originalError ?? error
        logger.error({ requestId, failure: name, at: framesOf(stack) }, 'unexpected failure')
      }
    },
  }
}

function framesOf(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
}
