/** `node subgraphs/serve.ts NAME…`: one or some subgraphs in a process of their own, for the gateway alone. */
import Fastify from 'fastify'
import { isConfigProblem } from '../config/config-problem.ts'
import { configFromEnvironment } from '../config/environment.ts'
import { keysOf } from '../config/kept-keys.ts'
import { onStopSignals } from '../config/stop-signals.ts'
import { createContextVerifier } from '../identity/context-token.ts'
import { createIdentity } from '../identity/identity.ts'
import { isStartRefused, startRefused } from './kit/postgres/start-refused.ts'
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
  const { policy, graph, byName, ready } = open

  const server = Fastify({ logger: false, bodyLimit: 16 * 1024 * 1024, forceCloseConnections: 'idle' })
  subgraphRoutes(server, {
    subgraphs: byName,
    contexts: (name) => createContextVerifier(keys.contexts, name),
    verifier: identity.verifier,
    purposes: policy.purposes,
    hashes: { bundleHash: policy.rules.hash, schemaHash: graph.schemaHash },
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
  for (const name of names) console.log(`${name} answers at ${server.listeningOrigin}/${name}/graphql`)
}
