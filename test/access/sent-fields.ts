import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, TypeInfo, visit, visitWithTypeInfo, type GraphQLSchema } from 'graphql'
import { subgraphDocument } from '../../schema/subgraph-document.ts'
import { registry } from '../../subgraphs/registry.ts'

/** Coordinates that a fetch (`name: document`) asks a subgraph for, but for what federation itself needs. */
export function createSentFields(): (fetch: string) => string[] {
  const schemas = new Map<string, GraphQLSchema>(
    registry.map((definition) => [
      definition.name,
      buildSubgraphSchema([{ typeDefs: subgraphDocument(definition).document }]),
    ]),
  )
  return (fetch) => {
    const [name = '', ...document] = fetch.split(': ')
    const schema = schemas.get(name)
    if (schema === undefined) throw new Error(`no subgraph ${name}`)
    const info = new TypeInfo(schema)
    const coordinates: string[] = []
    const noted = (field: string) => {
      const type = info.getParentType()?.name
      if (type !== undefined && !field.startsWith('_')) coordinates.push(`${type}.${field}`)
    }
    visit(parse(document.join(': ')), visitWithTypeInfo(info, { Field: ({ name: field }) => noted(field.value) }))
    return coordinates
  }
}
