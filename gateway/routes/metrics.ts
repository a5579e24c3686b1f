import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics.ts'

/** `/metrics` in the text format of Prometheus. */
export function metricsRoutes(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}
