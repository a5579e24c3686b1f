import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, Kind, parse, print, type OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import type { Decision } from '../types.ts'
import { cutOperation } from './cut-operation.ts'
import { restoreNulls } from './restore-nulls.ts'

type Case = {
  it: string
  query: string
  variables?: Record<string, unknown>
  denied: string[]
  maybe?: string[]
  sent: string | null
  subgraphs: Record<string, unknown>
  data: string
  cut: string[]
}

const schema = buildSchema(`
  interface Node { id: ID! secret: String }
  type Citizen implements Node { id: ID! name(as: String): String secret(as: String): String born: String parcels: [Parcel] }
  type Parcel implements Node { id: ID! secret: String }
  type Query { me: Citizen node(id: ID!): Node citizen(number: String): Citizen search(name: String): [Citizen] }
`)
const filters = new Map([
  ['Query.citizen(number)', { of: 'Citizen.name', use: 'LOOKUP' as const }],
  ['Query.search(name)', { of: 'Citizen.name', use: 'FILTER' as const }],
])
const verdict = (outcome: 'ALLOW' | 'DENY', conditional: boolean): Decision => ({
  outcome,
  conditional,
  level: 'L2',
  rule: 'r',
  basis: null,
  citation: 'c',
  proposal: false,
  code: outcome === 'ALLOW' ? null : 'CLASSIFICATION_DENIED',
  failed: outcome === 'ALLOW' ? null : 'basis',
})

function cut(query: string, denied: readonly string[], maybe: readonly string[] = []) {
  const document = parse(query)
  const operation = document.definitions.find(
    (d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode
  const decide = (coordinate: string) =>
    denied.includes(coordinate) ? verdict('DENY', false) : verdict('ALLOW', maybe.includes(coordinate))
  return cutOperation(schema, document, operation, { signature: '', decide }, filters, () => false)
}
const plain = (text: string) => print(parse(text)).replaceAll(/\s+/g, ' ')

describe('before planning', () => {
  const cases = parseYaml(readFileSync(join(import.meta.dirname, 'cut-operation.cases.yaml'), 'utf8')) as Case[]
  test.each(cases)('$it', (one) => {
    const { document, shape } = cut(one.query, one.denied, one.maybe)
    expect(document && print(document).replaceAll(/\s+/g, ' ')).toBe(one.sent && plain(one.sent))
    const { data, places } = restoreNulls(shape, one.subgraphs, one.variables ?? {})
    expect(JSON.stringify(data)).toBe(one.data)
    expect(places.map((place) => place.path.join('.'))).toEqual(one.cut)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('two callers with other cuts have other plans', () => {
  const query = '{ me { name secret born } }'
  const signatures = [[], ['Citizen.secret'], ['Citizen.name'], ['Citizen.secret', 'Citizen.name']].map(
    (denied) => cut(query, denied).signature,
  )
  expect(new Set(signatures).size).toBe(4)
})

test('fragments that double thirty times are refused, not written out', () => {
  const doubling = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Citizen { ...f${i + 1} ...f${i + 1} }`).join(
    ' ',
  )
  expect(() => cut(`{ me { ...f0 } } ${doubling} fragment f30 on Citizen { name }`, [])).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }) as unknown }),
  )
})
