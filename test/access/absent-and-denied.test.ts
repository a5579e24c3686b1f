import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isLeafType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPersonas } from '../../synthetic/personas.ts'
import { openWholeGraph, type Answer, type Question, type WholeGraph } from '../support/whole-graph.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const citizen = schema.getType('Citizen')
const leaves =
  citizen && 'getFields' in citizen
    ? Object.values(citizen.getFields()).filter((field) => isLeafType(getNamedType(field.type)) && field.name !== 'id')
    : []
const fields = `${leaves.map(({ name }) => name).join(' ')} visits(first: 2) { nodes { mainDiagnosis } }
  landRights(first: 2) { nodes { right } } healthRecord { bloodType } household { members { relation } }
  relatives { relation } consents(first: 2) { nodes { state } } accessHistory(first: 2) { nodes { at } }`
const byNumber = (personalId: string) => `{ citizen(personalId: "${personalId}") { ${fields} } }`
const byId = `query ($id: ID!) { node(id: $id) { ... on Citizen { ${fields} } } }`

/** Nobody has this number. */
const absent = '999999999999'
const plain = (answer: Answer) => JSON.stringify(answer.body).replaceAll(answer.requestId, 'request')

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

/** Who may know that these people exist: themselves, who represents them, the officers of their place and case. */
const mayKnow: Readonly<Record<string, readonly string[]>> = {
  '901322000104': ['parent', 'commune-officer', 'land-officer', 'land-registrar', 'insurance-officer'],
  '901187000102': ['neighbour', 'commune-officer', 'land-officer', 'land-registrar', 'insurance-officer'],
  '901085000101': [
    'citizen',
    'citizen-low',
    'portal',
    'bank',
    'doctor',
    'commune-officer',
    'land-officer',
    'land-registrar',
    'insurance-officer',
  ],
}

describe.each(Object.keys(mayKnow))('somebody who exists (%#)', (person) => {
  test.each(loadPersonas().filter(({ persona }) => !mayKnow[person]?.includes(persona)))(
    'looks to $persona like somebody who does not',
    async ({ persona, purposes, cases }) => {
      const stated = { as: persona, purpose: purposes[0], case: cases[0]?.number }
      const there = await graph.ask({ ...stated, query: byNumber(person) })
      const nowhere = await graph.ask({ ...stated, query: byNumber(absent) })
      expect(there.body.data).toHaveProperty('citizen')
      expect(plain(there)).toBe(plain(nowhere))
      expect(there.receipts).toHaveLength(nowhere.receipts.length)
      expect(there.fetches.map((fetch) => fetch.replaceAll(person, absent))).toEqual(nowhere.fetches)

      const [one, other] = await Promise.all([person, absent].map((number) => idOf(number, stated)))
      if (one === undefined || other === undefined) return expect(one).toBe(other)
      const known = await graph.ask({ ...stated, query: byId, variables: { id: one } })
      const unknown = await graph.ask({ ...stated, query: byId, variables: { id: other } })
      expect(known.body.data?.['node']).toBeTypeOf('object')
      expect(known.body.data?.['node']).not.toBeNull()
      expect(plain(known)).toBe(plain(unknown))
    },
  )
})

async function idOf(number: string, stated: Omit<Question, 'query'>): Promise<string | undefined> {
  const { body } = await graph.ask({ ...stated, query: `{ citizen(personalId: "${number}") { id } }` })
  return (body.data as { citizen: { id: string } | null } | null)?.citizen?.id
}
