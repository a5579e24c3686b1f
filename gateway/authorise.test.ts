import { buildSchema, GraphQLError, Kind, parse } from 'graphql'
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface'
import { expect, test } from 'vitest'
import { nobody } from '../identity/principal.ts'
import type { Decision } from '../policy/types.ts'
import { authorise } from './authorise.ts'
import { createContext } from './context.ts'

const schema = buildSchema('type Query { open: String closed(as: Int): String }')
const decide = (coordinate: string): Decision => {
  const isOpen = coordinate === 'Query.open'
  const facts = { conditional: false, level: 'L2', rule: 'r', basis: null, citation: 'c', proposal: false } as const
  return isOpen
    ? { ...facts, outcome: 'ALLOW', code: null, failed: null }
    : { ...facts, outcome: 'DENY', code: 'UNAUTHENTICATED', failed: 'caller' }
}

/** What `authorise` makes of an answer of the executor behind it. */
async function answered(query: string, inner: GatewayExecutionResult) {
  const document = parse(query)
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  const context = createContext(nobody, 'request')
  const asked = { schema, document, operation, operationName: null, queryHash: 'hash', request: {}, context }
  const executor = authorise(() => Promise.resolve(inner), {
    early: () => ({ signature: '', decide }),
    arguments: new Map(),
    subjects: new Map(),
    openPerson: () => null,
  })
  const result = await executor(asked as unknown as GatewayGraphQLRequestContext)
  return { result, context }
}

test('a request refused as a whole has no data, not an empty one', async () => {
  const errors = [new GraphQLError('a variable of another type')]
  const { result } = await answered('{ open closed }', { errors })
  expect(result).toEqual({ errors })
})

test('a variable that does not fit is a mistake of the client’s, also where cut fields alone look at it', async () => {
  for (const query of ['query ($as: Int!) { closed(as: $as) }', 'query ($if: Boolean!) { closed @include(if: $if) }']) {
    const { result, context } = await answered(query, {})
    expect(result.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT'])
    expect(result.data).toBeUndefined()
    expect(context.refusals).toEqual([])
  }
})

test('a cut field is null in its place, with its error, and left to be recorded', async () => {
  const { result, context } = await answered('{ closed open }', { data: { open: 'A' } })
  expect(JSON.stringify(result.data)).toBe('{"closed":null,"open":"A"}')
  expect(result.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
    [['closed'], 'UNAUTHENTICATED'],
  ])
  expect(context.refusals).toMatchObject([{ coordinates: ['Query.closed'], code: 'UNAUTHENTICATED' }])
})

test('a masked value is announced beside the answer, not among its errors', async () => {
  const notice = new GraphQLError('masked', {
    path: ['open'],
    extensions: { code: 'MASKED', coordinate: 'Query.open', mask: 'YEAR' },
  })
  const { result, context } = await answered('{ open }', { data: { open: '1990' }, errors: [notice] })
  expect(result.errors).toBeUndefined()
  expect(context.masked).toEqual([{ path: ['open'], coordinate: 'Query.open', mask: 'YEAR' }])
})
