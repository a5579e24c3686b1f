import type { FastifyInstance } from 'fastify'
import type { JWK } from 'jose'

/** `/.well-known/jwks.json` (RFC 7517): the public keys that sign receipts, log heads and, locally, tokens. */
export function keyRoutes(app: FastifyInstance, keys: readonly JWK[]): void {
  app.get('/.well-known/jwks.json', (_request, reply) =>
    reply
      .type('application/jwk-set+json')
      .header('cache-control', 'public, max-age=300')
      .send(JSON.stringify({ keys })),
  )
}
