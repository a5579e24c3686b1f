import { parse } from 'graphql'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, inject, test, type MockInstance, vi } from 'vitest'
import { nobody } from '../../../identity/principal.ts'
import { classesFromSdl } from '../../../policy/classification.ts'
import { uncounted } from '../../../test/support/uncounted.ts'
import { createSubgraph } from '../create-subgraph.ts'
import { rootList } from '../root-rows.ts'
import { subgraphSdl } from '../sdl.ts'
import type { SubgraphDefinition, SubgraphServices, Table } from '../types.ts'
import { createSealedIds } from '../sealed-ids.ts'

const open = '@classified(dict: "x-test.field", sharing: OPEN, owner: "BCA")'
const shared = '@classified(dict: "x-test.field", sharing: SHARED, owner: "BCA")'
const document = subgraphSdl(
  `type Query { units: [Unit!]! ${open} all: [Figures] ${open} }
   type Unit @key(fields: "code") {
     code: String! ${open} name: String ${open} large: String! ${open} secret: String ${shared}
     figures(month: Int!): Figures ${open} guarded: Figures ${shared}
   }
   type Figures @classified(sharing: OPEN, owner: "BCA") {
     month: Int @classified(dict: "x-test.field") parts: [Part!] @classified(dict: "x-test.field")
     closed: Int @classified(dict: "x-test.field", sharing: SHARED)
   }
   type Part @classified(sharing: OPEN, owner: "BCA") { value: Float! @classified(dict: "x-test.field") }`,
  'test',
)
const { classes } = classesFromSdl([{ name: 'test', document }], { agencies: new Set(), dictionary: new Set() })
const table: Table = {
  type: 'Unit',
  from: `(select * from (values ('a', 'A', 'x'), ('b', null, 'y'), ('c', 'C', null)) v (code, name, large))`,
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', name: 't.name', large: 't.large', secret: 't.name' },
  keys: () => Promise.resolve(new Set(['a', 'b'])),
}
const figures = (month: number) => ({ month, parts: [{ value: 1.5 }, { value: month === 13 ? null : 2 }], closed: 1 })
const definition: SubgraphDefinition = {
  name: 'test',
  owner: 'BCA',
  folder: '',
  tables: [table],
  edges: {
    Query: {
      units: rootList(table, { where: `t.code <> 'z'` }),
      all: { kind: 'impersonal', resolve: () => Promise.resolve([[figures(1), new Error('none'), null]]) },
    },
    Unit: {
      figures: {
        kind: 'impersonal',
        resolve: (parents, { month }) =>
          month === 99
            ? Promise.reject(new Error('no month'))
            : Promise.resolve(parents.map(() => figures(Number(month)))),
      },
      guarded: { kind: 'impersonal', resolve: (parents) => Promise.resolve(parents.map(() => figures(1))) },
    },
  },
}

let pool: Pool
let statements: MockInstance
beforeAll(() => {
  pool = new Pool({ ...inject('superuser'), max: 6 })
  statements = vi.spyOn(pool, 'query')
})
afterAll(() => pool.end())

async function asked(query: string, variables: Record<string, unknown>, isPlain: boolean) {
  const unused = (): never => {
    throw new Error('not for this')
  }
  const services: SubgraphServices = {
    pool,
    ids: createSealedIds([{ id: 'k', secret: new Uint8Array(64).fill(1) }]),
    clock: () => new Date(0),
    log: { append: () => Promise.resolve(undefined) },
    facts: { load: unused, reserve: unused },
    counts: uncounted,
    isPlain,
    get keys() {
      return unused()
    },
    get graph() {
      return unused()
    },
  }
  const policy = { classes, arguments: new Map(), rules: [], bundleHash: 'b', schemaHash: 's' }
  const subgraph = createSubgraph(definition, document, policy, services)
  const request = { operationName: null, principal: nobody, requestId: 'r1', traceId: 't' }
  const { data, errors } = await subgraph.run({ ...request, variables, document: parse(query) })
  return JSON.stringify({ data, errors: errors?.map(({ message, path }) => ({ message, path })) })
}

const entities = (selection: string) =>
  `query ($representations: [_Any!]!, $month: Int) { _entities(representations: $representations) { ... on Unit ${selection} } }`
const representations = (...codes: string[]) => codes.map((code) => ({ __typename: 'Unit', code }))
const two = { representations: representations('b', 'a', 'b'), month: 3 }

test.each([
  ['{ units { code alias: name __typename } }', {}, 1],
  ['{ units { __proto__: code figures(month: 2) { month parts { value __typename } } } }', {}, 1],
  ['{ units { later: figures(month: 2) { month } code figures(month: 1) { parts { value } } } }', {}, 1],
  ['{ units { ...f } } fragment f on Unit { code figures(month: 99) { month } }', {}, 1],
  [entities('{ __typename figures(month: 4) { month } }'), two, 0],
  [entities('{ figures(month: 99) { month } }'), two, 0],
  [entities('{ name code figures(month: 4) { parts { value } } }'), two, 1],
])('%s is answered as graphql does, with fewer statements', async (query, variables, most) => {
  const expected = await asked(query, variables, true)
  statements.mockClear()
  expect(await asked(query, variables, false)).toBe(expected)
  expect(statements).toHaveBeenCalledTimes(most)
})

test.each([
  ['a field that is refused', '{ units { code guarded { month } } }', {}],
  ['one inside an object', '{ units { figures(month: 1) { month closed } } }', {}],
  ['a column that is not open', '{ units { code secret } }', {}],
  ['a null where none may be, of a row', '{ units { code large } }', {}],
  ['the same in an object', '{ units { figures(month: 13) { parts { value } } } }', {}],
  ['an error in the place of a value', '{ all { month } }', {}],
  ['an argument of the wrong form', '{ units { figures(month: 1.5) { month } } }', {}],
  ['a missing argument', entities('{ figures(month: $month) { month } }'), { representations: representations('a') }],
  [
    'a row that is not there',
    entities('{ figures(month: 1) { month } }'),
    { representations: representations('z', 'a') },
  ],
  ['what is no key', entities('{ figures(month: 1) { month } }'), { representations: [{ __typename: 'Unit' }] }],
  ['a condition', '{ units { code @skip(if: true) name } }', {}],
])('%s is left to graphql', async (_, query, variables) => {
  expect(await asked(query, variables, false)).toBe(await asked(query, variables, true))
})
