import { parse } from 'graphql'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import { classesFromSdl } from '../../policy/classification.ts'
import { uncounted } from '../../test/support/uncounted.ts'
import { createSubgraph } from './create-subgraph.ts'
import { subgraphSdl } from './sdl.ts'
import { createSealedIds } from './sealed-ids.ts'
import type { Edge, SubgraphServices } from './types.ts'

const open = '@classified(dict: "x-test.field", sharing: OPEN, owner: "BCA")'
const document = subgraphSdl(`type Query { both: String ${open} broken: String ${open} }`, 'test')
const { classes } = classesFromSdl([{ name: 'test', document }], { agencies: new Set(), dictionary: new Set() })

const both: Edge = {
  kind: 'resolve',
  resolve: async (_parent, _args, { gate, services }) => {
    const [key] = await gate.keys(`select 'a' as key`, [])
    const { rows } = await services.pool.query<{ also: string }>(`select 'b' as also`)
    return `${key}${rows[0]?.also}`
  },
}
const broken: Edge = {
  kind: 'resolve',
  resolve: (_parent, _args, { services }) => services.pool.query(`select '901085000101'::date`),
}

let pool: Pool
const lines: string[] = []
beforeAll(() => {
  pool = new Pool({ ...inject('superuser'), max: 6, connectionTimeoutMillis: 4000 })
})
afterAll(() => pool.end())

function run(query: string) {
  const unused = (): never => {
    throw new Error('not for this')
  }
  const services: SubgraphServices = {
    pool,
    ids: createSealedIds([{ id: 'k', secret: new Uint8Array(64).fill(1) }]),
    clock: () => new Date(0),
    log: { append: unused },
    facts: { load: unused, reserve: unused },
    counts: uncounted,
    report: (line) => void lines.push(line),
    get keys() {
      return unused()
    },
    get graph() {
      return unused()
    },
  }
  const definition = { name: 'test', owner: 'BCA', folder: '', tables: [], edges: { Query: { both, broken } } }
  const policy = { classes, arguments: new Map(), rules: [], bundleHash: 'b', schemaHash: 's' }
  const subgraph = createSubgraph(definition, document, policy, services)
  const request = { operationName: null, variables: {}, principal: nobody, requestId: 'r1', traceId: 't' }
  return (count: number) =>
    Promise.all(Array.from({ length: count }, () => subgraph.run({ ...request, document: parse(query) })))
}

test('requests that need a second connection do not wait for each other’s first', async () => {
  const answers = await run('{ both }')(40)
  expect(answers.map(({ data, errors }) => errors?.[0]?.extensions['code'] ?? data?.['both'])).toEqual(
    answers.map(() => 'ab'),
  )
})

test('what failed inside is told to operators by its names, to the caller not at all', async () => {
  const [answer] = await run('{ broken }')(1)
  expect(answer?.errors?.map(({ extensions }) => extensions['code'])).toEqual(['INTERNAL'])
  expect(lines).toEqual(['test: INTERNAL in request r1: error, SQLSTATE 22008'])
  expect(JSON.stringify([answer, lines])).not.toContain('901085000101')
})
