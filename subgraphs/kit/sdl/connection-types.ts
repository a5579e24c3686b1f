import { Kind, parse } from 'graphql'
import type { DocumentNode } from 'graphql'
import { readSubgraph } from '../../../policy/classification/read-subgraph.ts'
import type { FieldModel } from '../../../policy/classification/subgraph-model.ts'
import { connectionSdl, pageInfoSdl } from './connection-sdl.ts'

/**
 * PageInfo and, for every field whose type ends in `Connection` and isn't defined, that connection and its edge.
 * Throws where the type that is connected isn't defined.
 */
export function connectionTypes(types: DocumentNode, name: string): DocumentNode {
  const model = readSubgraph({ name, document: types })
  const defined = new Set([...model.types.keys(), ...model.unions.keys()])
  const fields = [...model.types.values()].flatMap((type) => [...type.fields.values()])
  const returning = Map.groupBy(
    fields.filter((field) => field.returns.endsWith('Connection') && !defined.has(field.returns)),
    (field) => field.returns.slice(0, -'Connection'.length),
  )
  for (const [node, [field]] of returning) if (!defined.has(node)) throw unknownNode(name, field, node)
  const needsPages = returning.size > 0 || fields.some((field) => field.returns === 'PageInfo')
  const sdl = [
    ...[...returning].map(([node, by]) =>
      connectionSdl(
        node,
        by.flatMap((field) => field.class ?? []),
      ),
    ),
    ...(needsPages && !defined.has('PageInfo') ? [pageInfoSdl] : []),
  ]
  return sdl.length > 0 ? parse(sdl.join('\n')) : { kind: Kind.DOCUMENT, definitions: [] }
}

function unknownNode(name: string, field: FieldModel | undefined, node: string): Error {
  return new Error(`${name}/schema.graphql: ${field?.coordinate} pages over ${node}, which is not defined`)
}
