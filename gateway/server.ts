import type { Server } from 'node:http'
import { ApolloServer } from '@apollo/server'
import type { GatewayInterface } from '@apollo/server-gateway-interface'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JWK } from 'jose'
import type { Logger } from 'pino'
import { problem } from '../policy/errors.ts'
import { apolloOptions } from './apollo-options.ts'
import type { ConsolePage } from './console-page.ts'
import type { GatewayContext } from './context.ts'
import { createApp } from './create-app.ts'
import { limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { askOpenly } from './open-data/ask-openly.ts'
import { createAddressLimit } from './plugins/address-limit.ts'
import { authenticate } from './plugins/authenticate.ts'
import { graphqlBody } from './plugins/graphql-body.ts'
import { graphqlShape } from './plugins/graphql-shape.ts'
import { observeRequests } from './plugins/observe-requests.ts'
import type { RecordDeps } from './plugins/record-request.ts'
import { refusalSender } from './plugins/refuse.ts'
import { secureHeaders } from './plugins/secure-headers.ts'
import type { CallerDeps } from './principal.ts'
import { consoleRoutes } from './routes/console.ts'
import { fallbackRoutes } from './routes/fallback.ts'
import { healthRoutes } from './routes/health.ts'
import type { Readiness } from './routes/health.ts'
import { keyRoutes } from './routes/keys.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { openDataRoutes } from './routes/open-data.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** What the server needs beside its configuration; all of it is made by the entry point or a test. */
export type ServerDeps = RecordDeps &
  CallerDeps & {
    /** The guarded gateway: plans, cuts, executes. */
    gateway: GatewayInterface
    /** `Type.field` -> rows its list is taken to have. */
    listSizes: ReadonlyMap<string, number>
    /** Every part the graph needs, and whether it works. */
    ready: () => Promise<readonly Readiness[]>
    /** Public keys of receipts, log heads and the local issuer. */
    publicKeys: readonly JWK[]
    documents: TrustedDocuments
    page: ConsolePage
    metrics: Metrics
    logger: Logger
    /** A server that listens already; without it `app.listen` opens one. */
    http?: Server
    /** Milliseconds until an answer is given up; limits.ts says how many where this does not. */
    deadline?: number
  }

/** The public process without its socket. */
export type GraphServer = {
  /** Listens with `app.listen`; tests inject. */
  app: FastifyInstance
  /** Answers what is in flight, takes nothing new, and resolves when all is closed. */
  close: () => Promise<void>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the caller is known. */
    graph: GatewayContext | null
  }
}

/** Builds the public server. Rejects when the gateway can't load its schema. */
export async function createServer(
  config: { isLocal: boolean; trustedProxies?: readonly string[] },
  deps: ServerDeps,
): Promise<GraphServer> {
  const app = createApp(deps.logger, deps.http, config.trustedProxies)
  const apollo = new ApolloServer<GatewayContext>(apolloOptions(config, deps, deps.logger))
  await apollo.start()

  secureHeaders(app)
  observeRequests(app, deps.metrics)
  graphqlBody(app)
  app.setErrorHandler(refusalSender(deps.metrics))
  app.decorateRequest('graph', null)
  const unsigned = createAddressLimit(limits.questionsUnsigned)
  app.route({
    method: 'POST',
    url: '/graphql',
    preHandler: [
      graphqlShape(deps.documents),
      authenticate(deps),
      async (request, reply) => {
        if (request.graph?.principal.kind === 'NOBODY') unsigned(request, reply)
      },
    ],
    handler: fastifyApolloHandler(apollo, { context: (request) => Promise.resolve(contextOf(request)) }),
  })
  healthRoutes(app, deps.ready)
  metricsRoutes(app, deps.metrics)
  keyRoutes(app, deps.publicKeys)
  consoleRoutes(app, deps.page)
  openDataRoutes(app, askOpenly(apollo))
  fallbackRoutes(app)
  await app.ready()
  return {
    app,
    close: async () => {
      await app.close()
      await apollo.stop()
    },
  }
}

/** No operation runs without a caller, be it nobody. */
function contextOf(request: FastifyRequest): GatewayContext {
  if (request.graph === null) throw problem('INTERNAL')
  return request.graph
}
