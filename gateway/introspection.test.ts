import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPolicy } from '../policy/load-policy.ts'
import { loadGraph } from '../schema/load-graph.ts'
import { createGateway } from './create-gateway.ts'
import { codeOf, openServer, type OpenServer } from './testing/open-server.ts'
import { createDataSource } from './transport/data-source.ts'

const asked: string[] = []
let server: OpenServer
beforeAll(async () => {
  const sourceOf = (name: string) => createDataSource(() => Promise.reject(new Error(String(asked.push(name)))))
  server = await openServer({ gateway: createGateway(loadGraph(), loadPolicy().rules.rules, sourceOf, () => null) })
})
afterAll(() => server.close())

test.each([
  ['the explorer', getIntrospectionQuery()],
  [
    'a code generator',
    getIntrospectionQuery({ specifiedByUrl: true, schemaDescription: true, inputValueDeprecation: true }),
  ],
  ['a client that looks up one type', '{ __schema { queryType { name } } __type(name: "Citizen") { name } }'],
])('%s gets its answer about the schema, without any subgraph', async (_who, query) => {
  const { status, body } = await server.ask({ query })
  expect({ status, errors: body.errors, asked }).toEqual({ status: 200, errors: undefined, asked: [] })
  expect(JSON.stringify(body.data)).toContain('"name":"Citizen"')
})

const manyTimes = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join(' ')

test.each([
  ['under aliases', `{ ${manyTimes(48, (i) => `a${i}: __schema { types { name } }`)} }`],
  ['within itself', `{ __schema { ${manyTimes(48, (i) => `a${i}: types { name }`)} } }`],
  ['in its leaves', `{ __schema { types { fields { ${manyTimes(48, (i) => `a${i}: name`)} } } } }`],
  ['type by type', `{ ${manyTimes(48, (i) => `a${i}: __type(name: "Citizen") { fields { name } }`)} }`],
  [
    'in fragments',
    `{ ...F b: __schema { ...S } } fragment F on Query { __schema { ...S } } fragment S on __Schema { a: types { name } }`,
  ],
])('the same question again and again, %s, is refused', async (_how, query) => {
  const answered = await server.ask({ query })
  expect(codeOf(answered)).toBe('QUERY_TOO_COMPLEX')
  expect(answered.body.errors?.[0]?.message).toMatch('more than 2 questions about the schema')
})

test('the name of a type is no question about the schema', async () => {
  const { body } = await server.ask({ query: `{ ${manyTimes(20, (i) => `a${i}: __typename`)} }` })
  expect(body.errors).toBeUndefined()
})
