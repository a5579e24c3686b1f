import { getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { loadPolicy } from '../policy/load-policy.ts'
import { loadGraph } from '../schema/load-graph.ts'
import { createGateway } from './create-gateway.ts'
import { openServer } from './testing/open-server.ts'
import { createDataSource } from './transport/data-source.ts'

test('the explorer’s question about the whole schema is answered, within the limits and without any subgraph', async () => {
  const asked: string[] = []
  const sourceOf = (name: string) => createDataSource(() => Promise.reject(new Error(String(asked.push(name)))))
  const gateway = createGateway(loadGraph(), loadPolicy().rules.rules, sourceOf, () => null)
  const server = await openServer({ gateway })
  const { status, body } = await server.ask({ query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' })
  expect({ status, errors: body.errors, asked }).toEqual({ status: 200, errors: undefined, asked: [] })
  expect(JSON.stringify(body.data)).toContain('"name":"Citizen"')
  await server.close()
})
