import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics.ts'

/** Times every request and logs it by route, never by address: an address can hold a personal number. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.took(reply.elapsedTime / 1000, route, reply.statusCode)
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    if (reply.statusCode >= 500) request.log.warn(line, 'answered')
    else request.log.debug(line, 'answered')
  })
}
