import type { Server } from 'node:http'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyHttpOptions, FastifyInstance } from 'fastify'
import { limits } from './limits.ts'
import { requestIdOf } from './plugins/request-id.ts'

/**
 * The HTTP server without routes. Request lines are not logged by the framework: an address can hold a personal number.
 * With `http`, a server that listens already is used, and closed with the app. Whose `X-Forwarded-For` is believed, `proxies`
 * says: nobody's unless named.
 */
export function createApp(logger: FastifyBaseLogger, http?: Server, proxies: readonly string[] = []): FastifyInstance {
  const options: FastifyHttpOptions<Server> = {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    trustProxy: proxies.length > 0 && [...proxies],
    genReqId: requestIdOf,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: limits.body,
    requestTimeout: limits.deadline,
    connectionTimeout: limits.deadline * 3,
  }
  // What answered until now answers no longer.
  if (http !== undefined)
    options.serverFactory = (handler) => patient(http).removeAllListeners('request').on('request', handler)
  const app = Fastify(options)
  let isClosing = false
  app.addHook('preClose', () => {
    isClosing = true
    return http === undefined ? Promise.resolve() : closed(http)
  })
  // A connection that is kept alive after its last answer would keep the process for seconds.
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close')
  })
  return app
}

/** No route has a schema of its own: the compilers that the framework else loads for them are never asked. */
function noSchemas(): never {
  throw new Error('routes have no schemas')
}

/** A slow request holds no socket longer here than on a server that Fastify opens. */
function patient(http: Server): Server {
  http.requestTimeout = limits.deadline
  return http.setTimeout(limits.deadline * 3)
}

/** Resolves when every connection has got its answer. */
function closed(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeIdleConnections()
  })
}
