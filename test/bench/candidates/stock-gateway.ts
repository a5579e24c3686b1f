/** Stock @apollo/gateway and @apollo/server over the plain subgraphs: `remote` over HTTP, `local` by LocalGraphQLDataSource. */
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { createLoaders } from '../plain/resolvers.ts'
import { plainSchemas, plainSupergraph } from '../plain/schemas.ts'
import { poolsFromEnvironment } from '../plain/pools.ts'

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
const [kind = 'remote', base = ''] = process.argv.slice(2)
const schemas = plainSchemas()
const pools = poolsFromEnvironment()

const gateway = new ApolloGateway({
  supergraphSdl: plainSupergraph((name) => `${base}/${name}`),
  buildService: ({ name, url }) => {
    const schema = schemas.get(name)
    if (kind === 'remote' || schema === undefined) return new RemoteGraphQLDataSource({ url: url ?? '' })
    const source = new LocalGraphQLDataSource(schema)
    const process = source.process.bind(source)
    source.process = (options) => process({ ...options, context: createLoaders(pools(name)) as never })
    return source
  },
})
const server = new ApolloServer({ gateway, introspection: false })
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
console.log(`answers at ${url}`)
