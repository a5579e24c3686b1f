import type { FastifyInstance } from 'fastify'

/** One part the graph needs, by name: a subgraph, the log, the issuer. */
export type Readiness = { part: string; ok: boolean }

const patience = 2000

/**
 * `/health/live`: the process answers. `/health/ready`: every part works; 503 with the failing parts named. A check that
 * does not answer in two seconds, or fails itself, is a part that is not ready.
 */
export function healthRoutes(app: FastifyInstance, ready: () => Promise<readonly Readiness[]>): void {
  app.get('/health/live', () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    const parts = await withPatience(ready())
    const failing = parts.filter(({ ok }) => !ok).map(({ part }) => part)
    if (failing.length === 0) return { status: 'ready', parts: parts.map(({ part }) => part) }
    return reply.code(503).send({ status: 'not ready', failing })
  })
}

async function withPatience(check: Promise<readonly Readiness[]>): Promise<readonly Readiness[]> {
  const { promise: late, resolve } = Promise.withResolvers<readonly Readiness[]>()
  const timer = setTimeout(() => resolve([{ part: 'readiness-check', ok: false }]), patience)
  const checked = check.catch(() => [{ part: 'readiness-check', ok: false }])
  return Promise.race([checked, late]).finally(() => clearTimeout(timer))
}
