import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { Kind, buildSchema, isObjectType, visit } from 'graphql'
import type { DocumentNode } from 'graphql'
import { afterAll, describe, expect, it } from 'vitest'
import { loadOrganisations } from '../identity/organisations.ts'
import { classesFromSdl, classesFromSupergraph } from '../policy/classification.ts'
import { nodeSdl } from '../subgraphs/node/node-sdl.ts'
import { registry } from '../subgraphs/registry.ts'
import { composeSupergraph } from './compose.ts'
import { readDictionary } from './read-dictionary.ts'
import { subgraphDocument } from './subgraph-document.ts'

const composed = composeSupergraph(registry)
const documents = registry.map((definition) => subgraphDocument(definition))
const registries = {
  agencies: new Set(loadOrganisations().keys()),
  dictionary: new Set(readDictionary(registry).entries.keys()),
}
const folder = mkdtempSync(join(tmpdir(), 'thirteenth-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the connected databases', () => {
  it('are named like their folders', () => {
    expect(registry.map(({ name }) => name)).toEqual(registry.map((definition) => basename(definition.folder)))
  })

  it('compose, and the supergraph tells the same classes as they do', () => {
    const read = classesFromSupergraph(composed.supergraphSdl)
    expect(read.problems).toEqual([])
    expect(Object.fromEntries(read.classes)).toEqual(Object.fromEntries(composed.classes))
    expect(Object.fromEntries(read.subjects)).toEqual(Object.fromEntries(composed.classification.subjects))
    expect(Object.fromEntries(read.arguments)).toEqual(Object.fromEntries(composed.classification.arguments))
  })

  it('give clients no field without a class', () => {
    const types = Object.values(buildSchema(composed.apiSdl).getTypeMap()).filter(isObjectType)
    const fields = types
      .filter((type) => !type.name.startsWith('__'))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    expect(fields.filter((coordinate) => !composed.classes.has(coordinate))).toEqual([])
  })

  it('do not compose with the class of any one field removed, and the field is named', () => {
    const fields = [...composed.classes.values()].filter((one) => !one.structure)
    fc.assert(
      fc.property(fc.constantFrom(...fields), ({ type, field, coordinate }) => {
        const bare = documents.map(({ name, document }) => ({ name, document: withoutClass(document, type, field) }))
        const { problems } = classesFromSdl(bare, registries)
        expect(problems.map((problem) => problem.coordinate)).toContain(coordinate)
      }),
      { numRuns: 25 },
    )
  })
})

it('takes one more database by its folder and one line', () => {
  const types = `
    type Citizen @key(fields: "id") @subject(persons: ["id"]) {
      id: ID! @classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "BCA", structure: true)
      vehicles: [Vehicle] @classified(dict: "x-vehicles.vehicle", sharing: SHARED, personal: [B11], owner: "BCA")
    }
    type Vehicle @key(fields: "id") @subject(persons: ["keeper"]) @classified(sharing: SHARED, personal: [B11], owner: "BCA") {
      id: ID! @classified(dict: "x-core.id", structure: true)
      keeper: Citizen @classified(dict: "x-vehicles.vehicle")
      plate: String @classified(dict: "x-vehicles.plate", personal: [B7], mask: LAST3)
    }`
  const rows = ['x-vehicles.vehicle,Xe,Vehicle,Vehicle,,project', 'x-vehicles.plate,Biển số,Plate,String,,project']
  writeFileSync(join(folder, 'schema.graphql'), types)
  writeFileSync(join(folder, 'dictionary.csv'), ['id,name_vi,name_en,type,law,source', ...rows].join('\n'))
  const others = [...registry.filter(({ name }) => name !== 'node'), { name: 'vehicles', folder }]
  const node = {
    name: 'node',
    folder: join(folder, 'node'),
    types: nodeSdl(others.map((definition) => subgraphDocument(definition))),
  }
  const { apiSdl, classes } = composeSupergraph([...others, node])
  expect(apiSdl).toContain('type Vehicle implements Node {')
  expect(classes.get('Vehicle.plate')).toMatchObject({ domain: 'vehicles', level: 'L2', mask: 'LAST3' })
  expect(classes.size).toBe(composed.classes.size + 4)
})

function withoutClass(document: DocumentNode, type: string, field: string): DocumentNode {
  return visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => {
      if (node.name.value !== type) return undefined
      const fields = node.fields?.map((one) =>
        one.name.value === field
          ? { ...one, directives: one.directives?.filter((directive) => directive.name.value !== 'classified') ?? [] }
          : one,
      )
      return { ...node, ...(fields ? { fields } : {}) }
    },
  })
}
