import type { FastifyInstance } from 'fastify'
import { problem } from '../../policy/errors.ts'
import { refuse } from '../plugins/refuse.ts'

const postOnly = { vi: 'chỉ nhận POST', en: 'only POST is served' }

/**
 * What no route answers. `/graphql` takes POST alone: an address with a query in it would put personal numbers into the
 * logs of everything between the client and here, and could be called from another site's page.
 */
export function fallbackRoutes(app: FastifyInstance): void {
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    handler: (_request, reply) => {
      reply.header('allow', 'POST')
      throw refuse(problem('BAD_USER_INPUT', postOnly), 405)
    },
  })
  app.setNotFoundHandler(() => {
    throw refuse(problem('NOT_FOUND'))
  })
}
