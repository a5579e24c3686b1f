import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readSubgraph } from '../policy/classification/read-subgraph.ts'
import type { SubgraphDefinition } from './kit/types.ts'
import { registry } from './registry.ts'

const typesOf = ({ name, folder }: SubgraphDefinition) =>
  readSubgraph({ name, document: parse(readFileSync(join(folder, 'schema.graphql'), 'utf8')) }).types

describe.each(registry)('the definition of $name', (definition) => {
  const types = typesOf(definition)

  it('gives every field of a type with rows a column or an edge; both only where a resolver reads its own column', () => {
    const odd = definition.tables.flatMap((table) => {
      const edges = definition.edges[table.type] ?? {}
      return [...(types.get(table.type)?.fields.values() ?? [])]
        .filter(({ name, merged }) => !(name === 'id' && merged.structure === true))
        .filter(({ name }) => {
          const edge = edges[name]
          return Object.hasOwn(table.columns, name) ? edge !== undefined && edge.kind !== 'resolve' : edge === undefined
        })
        .map(({ coordinate }) => coordinate)
    })
    expect(odd).toEqual([])
  })

  it('has no column or edge of a field that the schema lacks', () => {
    const named = [
      ...definition.tables.map(({ type, columns }) => ({ type, fields: Object.keys(columns) })),
      ...Object.entries(definition.edges).map(([type, edges]) => ({ type, fields: Object.keys(edges) })),
    ]
    const unknown = named.flatMap(({ type, fields }) =>
      fields.filter((field) => !types.get(type)?.fields.has(field)).map((field) => `${type}.${field}`),
    )
    expect(unknown).toEqual([])
  })
})
