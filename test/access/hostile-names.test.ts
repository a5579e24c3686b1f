import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWholeGraph, type Question, type WholeGraph } from '../support/whole-graph.ts'

const officer = { as: 'commune-officer', purpose: 'CIVIL_STATUS' }
const root = 'citizen(personalId: "901085000101")'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

/** JSON texts are parsed, so that `__proto__` is a name among others. */
type Case = { it: string; question: Question; data: string; refused: string[] }
const cases: Case[] = [
  {
    it: 'as keys of values',
    question: {
      ...officer,
      query: `{ ${root} { __proto__: fullName constructor: sex prototype: religion hasOwnProperty: maritalStatus } }`,
    },
    data: '{"citizen":{"__proto__":"Nguyễn Văn An","constructor":"MALE","prototype":null,"hasOwnProperty":"MARRIED"}}',
    refused: ['citizen.prototype CASE_REQUIRED'],
  },
  {
    it: 'as keys of objects, of what is refused too',
    question: {
      ...officer,
      query: `{ __proto__: ${root} { __proto__: currentResidence { constructor: text } prototype: healthRecord { bloodType } } }`,
    },
    data: '{"__proto__":{"__proto__":{"constructor":"Số 12, ngõ 34, phố Lê Hồng Phong, Phường Ba Đình, Hà Nội"},"prototype":null}}',
    refused: ['__proto__.prototype CLASSIFICATION_DENIED'],
  },
  {
    it: 'as keys of what two databases answer',
    question: {
      as: 'citizen',
      query: '{ constructor: me { __proto__: fullName prototype: insuranceCards { __proto__: benefitLevel } } }',
    },
    data: '{"constructor":{"__proto__":"Nguyễn Văn An","prototype":[{"__proto__":4},{"__proto__":4}]}}',
    refused: [],
  },
  {
    it: 'as names of operations, fragments and variables',
    question: {
      ...officer,
      query:
        'query __proto__($constructor: PersonalId!) { citizen(personalId: $constructor) { ...prototype } } ' +
        'fragment prototype on Citizen { ...__proto__ } fragment __proto__ on Citizen { fullName religion }',
      variables: { constructor: '901085000101' },
    },
    data: '{"citizen":{"fullName":"Nguyễn Văn An","religion":null}}',
    refused: ['citizen.religion CASE_REQUIRED'],
  },
]

/** Bodies that would set a prototype where they are merged: refused before they are read as a request. */
const poisoned = [
  '{"id":"901085000101","__proto__":{"polluted":true}}',
  '{"id":"901085000101","constructor":{"prototype":{"polluted":true}}}',
  '{"id":"901085000101","input":{"deep":[{"__proto__":{"polluted":true}}]}}',
].map((text) => JSON.parse(text) as Record<string, unknown>)

describe('names that mean something to JavaScript', () => {
  test.each(cases)('are names like others $it', async ({ question, data, refused }) => {
    const { body } = await graph.ask(question)
    expect(JSON.stringify(body.data)).toBe(JSON.stringify(JSON.parse(data)))
    expect(
      (body.errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${String(extensions?.['code'])}`),
    ).toEqual(refused)
  })

  test.each(poisoned)('are refused as variables that would become a prototype (%#)', async (variables) => {
    const before = Reflect.ownKeys(Object.prototype)
    const query = `query ($id: PersonalId!) { citizen(personalId: $id) { fullName } }`
    const { body, fetches } = await graph.ask({ ...officer, query, variables })
    expect(body.data).toBeUndefined()
    expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT'])
    expect(fetches).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before)
  })
})
