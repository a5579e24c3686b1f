import { expect, test } from 'vitest'
import { gatherRows, type AskOpenly } from './gather-rows.ts'
import { rowsFrom } from './rows-from.ts'

const once = { query: '{ x }', asking: 'ONCE' } as const
const failing =
  (code: string): AskOpenly =>
  () =>
    Promise.resolve({ data: { x: [{ a: 1 }] }, errors: [{ message: 'm', extensions: { code } }] })

test('an object, a list and pages give their rows', async () => {
  expect(await gatherRows(once, () => Promise.resolve({ data: { x: { a: 1 } } }))).toEqual([{ a: 1 }])
  expect(await gatherRows(once, () => Promise.resolve({ data: { x: [{ a: 1 }, { a: 2 }] } }))).toEqual([
    { a: 1 },
    { a: 2 },
  ])
  const paged: AskOpenly = (_query, { after }) =>
    Promise.resolve({
      data: {
        x: { nodes: [{ after }], pageInfo: { hasNextPage: after !== 'b', endCursor: after === 'a' ? 'b' : 'a' } },
      },
    })
  expect(await gatherRows({ query: '{ x }', asking: 'BY_PAGE' }, paged)).toEqual([
    { after: undefined },
    { after: 'a' },
    { after: 'b' },
  ])
})

test('a question a province', async () => {
  const ask: AskOpenly = (_query, { province }) =>
    Promise.resolve({ data: { x: province === undefined ? [{ code: '01' }, { code: '04' }] : [{ in: province }] } })
  expect(await gatherRows({ query: '{ x }', asking: 'BY_PROVINCE' }, ask)).toEqual([{ in: '01' }, { in: '04' }])
})

test('objects become columns, lists of objects rows, other lists stay', () => {
  expect(rowsFrom({ a: 1, b: { c: null, d: ['x', 'y'] }, e: [{ f: 1 }, { f: 2 }], g: [], h: null })).toEqual([
    { a: 1, 'b.c': null, 'b.d': ['x', 'y'], 'e.f': 1, g: [], h: null },
    { a: 1, 'b.c': null, 'b.d': ['x', 'y'], 'e.f': 2, g: [], h: null },
  ])
})

test.each([
  ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'],
  ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
  ['CLASSIFICATION_DENIED', 'CLASSIFICATION_DENIED'],
  // The question is ours: its faults are not the reader's.
  ['BAD_USER_INPUT', 'INTERNAL'],
  ['QUERY_TOO_COMPLEX', 'INTERNAL'],
  ['something else', 'INTERNAL'],
])('an answer with %s gives no rows at all', async (code, told) => {
  await expect(gatherRows(once, failing(code))).rejects.toMatchObject({ extensions: { code: told } })
})

test('an answer without data gives none either', async () => {
  await expect(gatherRows(once, () => Promise.resolve({ data: { x: null } }))).rejects.toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  })
})
