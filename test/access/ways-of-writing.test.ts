import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'
import { arbitraryWriting, queryOf } from './arbitrary-writing.ts'
import { loadAskers, mayOpen } from './askers.ts'
import { createSentFields } from './sent-fields.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const citizen = schema.getType('Citizen')
const leaves = isObjectType(citizen)
  ? Object.values(citizen.getFields())
      .filter(({ type, name }) => isLeafType(getNamedType(type)) && name !== 'id')
      .map(({ name }) => name)
  : []
const sentFields = createSentFields()
const people = fc.constantFrom('901085000101', '901322000104', '999999999999')

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

/** Value or code at a path. */
function verdictAt({ body }: Answer, root: string, key: string): string | undefined {
  const refusal = body.errors?.find(({ path }) => path?.join('.') === `${root}.${key}`)
  const object = (body.data as Record<string, Record<string, unknown> | null> | null)?.[root]
  if (object === undefined || object === null || !Object.hasOwn(object, key))
    return refusal && 'a refusal without a place'
  return refusal === undefined ? JSON.stringify(object[key]) : String(refusal.extensions?.['code'])
}

describe('however it is written', () => {
  test.each(loadAskers())('a field has one verdict for $name', async (asker) => {
    await fc.assert(
      fc.asyncProperty(people, arbitraryWriting('Citizen', leaves), async (person, writing) => {
        const root = `citizen(personalId: "${person}")`
        const { answered, leftOut } = writing
        const plain = await graph.ask({ ...asker.stated, query: `{ ${root} { ${leaves.join(' ')} } }` })
        const whole = await graph.ask({ ...asker.stated, ...queryOf(root, writing) })
        expect(whole.body.data, queryOf(root, writing).query).toBeDefined()
        if (plain.body.data?.['citizen'] === null) expect(whole.body).toMatchObject({ data: { citizen: null } })
        else
          for (const [key, field] of Object.entries(answered))
            expect(verdictAt(whole, 'citizen', key), `${key}: ${field}`).toBe(verdictAt(plain, 'citizen', field))
        for (const key of leftOut) expect(verdictAt(whole, 'citizen', key), key).toBeUndefined()
        const sent = [...plain.fetches, ...whole.fetches].flatMap(sentFields)
        expect(sent.filter((coordinate) => coordinate !== 'Query.citizen' && !mayOpen(asker, coordinate))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  test('a key that two types answer is judged by each type alone', async () => {
    const officer = { as: 'commune-officer', purpose: 'CIVIL_STATUS' }
    const ids = await graph.ask({
      ...officer,
      query: '{ citizen(personalId: "901085000101") { id } landParcel(parcelId: "00004_12_345") { id } }',
    })
    const { citizen: one, landParcel: other } = ids.body.data as Record<string, { id: string }>
    const { body } = await graph.ask({
      ...officer,
      query: `query ($one: ID!, $other: ID!) { one: node(id: $one) { ...Both } other: node(id: $other) { ...Both } }
        fragment Both on Node { ... on Citizen { v: religion } ... on Parcel { v: planning } }`,
      variables: { one: one?.id, other: other?.id },
    })
    expect(body.data).toEqual({ one: { v: null }, other: { v: 'Đất ở đô thị' } })
    expect(body.errors?.map(({ path }) => path)).toEqual([['one', 'v']])
  })
})
