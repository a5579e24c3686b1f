/** `node subgraphs/serve.ts NAME…`: one or some subgraphs in a process of their own, for the gateway alone. */
import Fastify from 'fastify'
import { isConfigProblem } from '../config/config-problem.ts'
import { configFromEnvironment } from '../config/environment.ts'
import { keysOf } from '../config/kept-keys.ts'
import { onStopSignals } from '../config/stop-signals.ts'
import { createContextVerifier } from '../identity/context-token.ts'
import { createIdentity } from '../identity/identity.ts'
import { isStartRefused, startRefused } from './kit/postgres/start-refused.ts'
import { createRunFetches } from './kit/run-fetches.ts'
import { subgraphRoutes } from './kit/subgraph-routes.ts'
import { openLocal } from './open-local.ts'
import { registry } from './registry.ts'

await serve(process.argv.slice(2)).catch((error: unknown) => {
  if (!isConfigProblem(error) && !isStartRefused(error)) throw error
  console.error(error.message)
  process.exit(1)
})

async function serve(names: readonly string[]): Promise<void> {
  const known = registry.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (names.length === 0 || unknown !== undefined)
    throw startRefused(`name the subgraphs to serve: ${known.join(', ')}`)
  const config = configFromEnvironment(process.env, known)
  const drainBy = onStopSignals()
  const address = `http://${config.host}:${config.port}`
  const keys = keysOf(config)
  const identity = await createIdentity(config)
  const open = await openLocal({ config, keys, names, address, report: console.error })
  const { policy, graph, byName, log, ready } = open
  const hashes = { bundleHash: policy.rules.hash, schemaHash: graph.schemaHash }

  const server = Fastify({ logger: false, bodyLimit: 16 * 1024 * 1024, forceCloseConnections: 'idle' })
  subgraphRoutes(server, {
    subgraphs: byName,
    contexts: createContextVerifier(keys.contexts),
    verifier: identity.verifier,
    purposes: policy.purposes,
    hashes,
    run: createRunFetches({ log, clock: () => new Date(), hashes }),
    ready: async () => [{ part: 'identity', ok: await identity.ready() }, ...(await ready())],
  })
  await server.listen({ port: config.port, host: config.host }).catch(async (error: unknown) => {
    await open.close()
    throw startRefused(`PORT: can't listen on ${config.host}:${config.port} (${(error as NodeJS.ErrnoException).code})`)
  })
  drainBy(async () => {
    await server.close()
    await open.close()
  })
  // Those that have one address are asked together.
  const path = names.length === 1 ? `/${names[0]}` : ''
  for (const name of names) console.log(`${name} answers at ${server.listeningOrigin}${path}/graphql`)
}
