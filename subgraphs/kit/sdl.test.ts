import { buildSubgraphSchema } from '@apollo/subgraph'
import { print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readSubgraph } from '../../policy/classification/read-subgraph.ts'
import { subgraphSdl } from './sdl.ts'

const source = `
  type Query {
    "Công dân. Citizen."
    citizen(personalId: PersonalId!): Citizen @classified(dict: "x", sharing: SHARED, personal: [B11], owner: "BCA")
    units(first: Int): UnitConnection @classified(dict: "x", sharing: OPEN, owner: "BNV")
    moved(first: Int): UnitConnection @classified(dict: "x", sharing: RESTRICTED, owner: "BNV", personal: [B4])
  }
  type Citizen @key(fields: "id") { id: ID! dateOfBirth: PartialDate }
  type Unit { code: String }
`
const model = readSubgraph({ name: 'sample', document: subgraphSdl(source, 'sample') })
const fieldOf = (type: string, field: string) => model.types.get(type)?.fields.get(field)

it('builds an Apollo subgraph schema', () => {
  const schema = buildSubgraphSchema([{ typeDefs: subgraphSdl(source, 'sample') }])
  expect(schema.getType('UnitConnection')).toBeDefined()
  expect(schema.getType('_Entity')?.toString()).toBe('_Entity')
})

it('defines the shared scalars in use, described, and no others', () => {
  expect([...model.scalars]).toEqual(['PartialDate', 'PersonalId'])
  expect(print(subgraphSdl(source, 'sample'))).toMatch(/"Số định danh cá nhân.*Personal number.*"\nscalar PersonalId/s)
})

it('imports only the federation directives in use, under their own names', () => {
  expect(print(subgraphSdl(source, 'sample'))).toContain('import: ["@composeDirective", "@key", "@shareable"]')
})

describe('a connection', () => {
  it('has nodes, edges and page info, all nullable', () => {
    expect([...(model.types.get('UnitConnection')?.fields.keys() ?? [])]).toEqual(['nodes', 'edges', 'pageInfo'])
    expect([...(model.types.get('UnitEdge')?.fields.keys() ?? [])]).toEqual(['cursor', 'node'])
    const generated = ['UnitConnection', 'UnitEdge', 'PageInfo'].flatMap((type) => [
      ...(model.types.get(type)?.fields.values() ?? []),
    ])
    expect(generated.filter((field) => field.isNonNull)).toEqual([])
    expect(generated.every((field) => field.class?.structure)).toBe(true)
  })

  it('carries the strictest class of the fields that return it', () => {
    expect(fieldOf('UnitEdge', 'node')?.class).toMatchObject({ sharing: 'RESTRICTED', personal: ['B4'], level: 'L2' })
  })

  it('stays unclassified where the field that returns it is', () => {
    const bare = subgraphSdl('type Query { units: UnitConnection } type Unit { code: String }', 'bare')
    const types = readSubgraph({ name: 'bare', document: bare }).types
    expect(types.get('UnitConnection')?.fields.get('nodes')?.class).toBeNull()
  })

  it('is left alone where the source defines it', () => {
    const own = subgraphSdl('type Query { a: AConnection } type AConnection { total: Int }', 'own')
    expect(readSubgraph({ name: 'own', document: own }).types.get('AConnection')?.fields.size).toBe(1)
  })

  it('over an unknown type is refused with its coordinate', () => {
    expect(() => subgraphSdl('type Query { ghosts: GhostConnection }', 'bad')).toThrow(
      'bad/schema.graphql: Query.ghosts pages over Ghost, which is not defined',
    )
  })
})

it('refuses a source that writes its own links', () => {
  const bad = 'extend schema @link(url: "https://x.example/v1.0") type Query { a: Int }'
  expect(() => subgraphSdl(bad, 'bad')).toThrow('bad/schema.graphql: holds types only')
})

it('names the file of text that is not SDL', () => {
  expect(() => subgraphSdl('type Query {', 'bad')).toThrow(
    expect.objectContaining({ source: expect.objectContaining({ name: 'bad/schema.graphql' }) }),
  )
})
