import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { afterAll, describe, expect, it } from 'vitest'
import { classesFromSupergraph } from '../policy/classification.ts'
import { nodeSdl } from '../subgraphs/node/node-sdl.ts'
import { composeSupergraph } from './compose.ts'
import { subgraphDocument } from './subgraph-document.ts'

const root = mkdtempSync(join(tmpdir(), 'compose-'))
afterAll(() => rmSync(root, { recursive: true }))

const id = (owner: string) =>
  `id: ID! @classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "${owner}", structure: true)`
const people = `
  type Query { citizen(personalId: PersonalId @classified(of: "Citizen.number", use: LOOKUP)): Citizen
    @classified(dict: "x-people.a", sharing: SHARED, personal: [B11], owner: "BCA") }
  type Citizen @key(fields: "id") @subject(persons: ["id"], place: "home") @classified(sharing: SHARED, personal: [B11], owner: "BCA") {
    ${id('BCA')}
    number: PersonalId @classified(dict: "x-people.b", personal: [B7], inferring: [B3, B2], mask: LAST3)
    home: String @classified(dict: "x-people.c", personal: [B4])
  }`
const plots = `
  type Citizen @key(fields: "id") @subject(persons: ["id"]) @classified(sharing: RESTRICTED, personal: [S_K], owner: "BNNMT") {
    ${id('BCA')}
    plots(first: Int, where: PlotFilter): PlotConnection @classified(dict: "x-plots.a")
  }
  input PlotFilter { area: Decimal @classified(of: "Plot.area", use: FILTER) }
  type Plot @key(fields: "id") @subject(persons: ["owner"]) @classified(sharing: SHARED, personal: [B11], owner: "BNNMT") {
    ${id('BNNMT')}
    owner: Citizen @classified(dict: "x-plots.a")
    area: Decimal @classified(dict: "x-plots.b", from: ["Plot.owner"])
  }`
const database = (name: string, types: string, ids: string[] = ['a', 'b', 'c'], more: string[] = []) => {
  const folder = mkdtempSync(join(root, `${name}-`))
  const rows = [...ids.map((one) => `x-${name}.${one},Tên,Name,String,,project`), ...more]
  writeFileSync(join(folder, 'dictionary.csv'), ['id,name_vi,name_en,type,law,source', ...rows].join('\n'))
  return { name, folder, types }
}
const graph = () => {
  const two = [database('people', people), database('plots', plots, ['a', 'b'])]
  const node = { name: 'node', folder: root, types: nodeSdl(two.map((one) => subgraphDocument(one))) }
  return [...two, node]
}
const messageOf = (...definitions: ReturnType<typeof database>[]): string => {
  try {
    composeSupergraph(definitions)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'it composes'
}

describe('a composed graph', () => {
  const composed = composeSupergraph(graph())

  it('gives the same classes, subjects and arguments read from the supergraph as from its subgraphs', () => {
    const { classification, supergraphSdl } = composed
    const read = classesFromSupergraph(supergraphSdl)
    expect(Object.fromEntries(read.classes)).toEqual(Object.fromEntries(classification.classes))
    expect(Object.fromEntries(read.subjects)).toEqual(Object.fromEntries(classification.subjects))
    expect(Object.fromEntries(read.arguments)).toEqual(Object.fromEntries(classification.arguments))
    expect([read.problems, classification.problems]).toEqual([[], []])
    expect(read.classes.get('Citizen.plots')).toMatchObject({ domain: 'plots', sharing: 'RESTRICTED', level: 'L3' })
    expect(read.subjects.get('people:Citizen')).toEqual({ persons: ['id'], place: 'home' })
  })

  it('classifies every field that clients see', () => {
    const types = Object.values(buildSchema(composed.apiSdl).getTypeMap())
    const fields = types.flatMap((type) =>
      'getFields' in type && !type.name.startsWith('__') && !('isOneOf' in type)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    )
    expect(fields.toSorted()).toEqual([...composed.classes.keys()].toSorted())
  })

  it("keeps classes and their words out of the clients' schema", () => {
    expect(composed.apiSdl).not.toMatch(/classif|@subject|Sharing|MaskForm|join__|link__/i)
    expect(composed.apiSdl).toContain('type Citizen implements Node {')
  })

  it('has one hash for one graph', () => {
    expect(composeSupergraph(graph()).hash).toBe(composed.hash)
    expect(composeSupergraph(graph().slice(1)).hash).not.toBe(composed.hash)
  })
})

describe('a graph does not compose', () => {
  it('with all its problems named at once', () => {
    const bad = database(
      'bad',
      'type Query { a: Int b: Int @classified(sharing: SHARED, owner: "BCA", dict: "x-bad.a") }',
    )
    expect(messageOf(bad).split('\n')).toEqual([
      'The schema does not compose (3):',
      '  Query.a: has no class in bad: @classified with a sharing is due on the field or its type',
      '  x-bad.b: stands in the data dictionary, but no field names it',
      '  x-bad.c: stands in the data dictionary, but no field names it',
    ])
  })

  it('where the dictionary repeats an id, or holds what is no id of its database', () => {
    const field = (dict: string) => `@classified(sharing: OPEN, owner: "BCA", dict: "${dict}")`
    const types = `type Query { a: Int ${field('x-bad.a')} b: Int ${field('x-other.b')} c: Int ${field('x-bad.Ç')} }`
    const more = ['x-bad.a,Tên,Name,Int,,project', 'x-other.b,Tên,Name,Int,,project', 'x-bad.Ç,,Name,Int,,project']
    expect(
      messageOf(database('bad', types, ['a'], more))
        .split('\n')
        .slice(1),
    ).toEqual([
      '  x-other.b: stands in the dictionary of x-bad.…',
      '  x-bad.Ç: is no dictionary id: kebab-case parts with dots',
      '  x-bad.Ç: has no name_vi in the data dictionary',
      '  x-bad.a: stands 2 times in the data dictionary',
    ])
  })

  it('where federation refuses it, with its reason', () => {
    const types = (name: string) =>
      `type Query { a: Int @classified(sharing: OPEN, owner: "BCA", dict: "x-${name}.a") }`
    const message = messageOf(database('one', types('one'), ['a']), database('two', types('two'), ['a']))
    expect(message).toContain('Query.a: disagrees on dict: one says x-one.a, two x-two.a')
    const both = (name: string, dict: string) =>
      database(name, `type Query { a: Int @classified(sharing: OPEN, owner: "BCA", dict: "${dict}") }`, [])
    expect(messageOf(both('one', 'x-core.node'), both('two', 'x-core.node'))).toContain('Query.a')
  })

  it('where subgraphs disagree on an argument, which federation only hints at', () => {
    const types = (use: string) =>
      `type Query { a(b: Int @classified(of: "Query.a", use: ${use})): Int @shareable @classified(sharing: OPEN, owner: "BCA", dict: "x-core.node") }`
    const message = messageOf(database('one', types('LOOKUP'), []), database('two', types('FILTER'), []))
    expect(message).toContain('INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS')
    expect(message).toContain('Query.a(b:)')
  })

  it('where a subgraph defines the directives itself', () => {
    const types =
      'directive @classified(dict: ID) on FIELD_DEFINITION type Query { a: Int @classified(dict: "x-core.id") }'
    expect(messageOf(database('own', `${types}`, []))).toContain('Query.a: has no class in own')
    const open = 'type Query { a: Int @classified(sharing: OPEN, owner: "BCA", dict: "x-core.id") }'
    const message = messageOf(database('own', `directive @classified(dict: ID) on FIELD_DEFINITION ${open}`, []))
    expect(message).toContain('schema: Directive @classified already exists')
  })

  it('where a subgraph has no SDL to read', () => {
    expect(() => composeSupergraph([{ name: 'gone', folder: join(root, 'gone') }])).toThrow('gone/schema.graphql')
  })
})
