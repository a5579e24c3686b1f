import type { GatewayInterface } from '@apollo/server-gateway-interface'
import { problem } from '../policy/errors.ts'
import type { GatewayContext } from './context.ts'

/**
 * Gives an answer up after so many milliseconds: the caller gets TIMEOUT and no data, and the context's `cancel` tells
 * the data sources to stop. What a subgraph has recorded by then stays recorded.
 */
export function withDeadline(gateway: GatewayInterface, milliseconds: number): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    load: async (options) => {
      const { executor } = await gateway.load(options)
      if (executor === null) return { executor }
      return {
        executor: async (request) => {
          const { cancel } = request.context as unknown as GatewayContext
          const late = Promise.withResolvers<{ errors: ReturnType<typeof problem>[] }>()
          const timer = setTimeout(() => {
            cancel.abort()
            late.resolve({ errors: [problem('TIMEOUT')] })
          }, milliseconds)
          try {
            return await Promise.race([executor(request), late.promise])
          } finally {
            clearTimeout(timer)
          }
        },
      }
    },
  }
}
