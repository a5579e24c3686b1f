import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql'
import { expect, test } from 'vitest'
import { loadOrganisations } from '../../identity/organisations.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { columnsOf } from './columns-of.ts'
import { loadDatasets } from './datasets.ts'

const datasets = [...loadDatasets().values()]
const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'))
const { classes } = loadGraph()

test.each(datasets)('$id asks for nothing but open fields of the graph', ({ query }) => {
  const document = parse(query)
  expect(validate(schema, document)).toEqual([])
  const types = new TypeInfo(schema)
  const asked: string[] = []
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => void asked.push(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`),
    }),
  )
  const closed = asked
    .map((coordinate) => classes.get(coordinate))
    .filter((one) => one?.level !== 'L0' && one?.structure !== true)
  expect(asked.length).toBeGreaterThan(3)
  expect(closed).toEqual([])
})

test.each(datasets)('$id says who publishes it', ({ publisher }) =>
  expect(loadOrganisations().has(publisher)).toBe(true),
)

test('columns are the response names of the question', () => {
  expect(columnsOf('{ a { code: id b { c list { d } } } }')).toEqual(['code', 'b.c', 'b.list.d'])
  expect(columnsOf('query ($after: String) { a(after: $after) { nodes { x } pageInfo { endCursor } } }')).toEqual(['x'])
})

test.each(['{ a { b } c { d } }', '{ a }', '{ a { ...F } } fragment F on A { b }', '{ a { ... on A { b } } }'])(
  '%s is no dataset',
  (query) => expect(() => columnsOf(query)).toThrow(TypeError),
)
