import { print } from 'graphql'
import { classifiedDirective } from '../../policy/classification/class-directive.ts'
import { readSubgraph } from '../../policy/classification/read-subgraph.ts'
import type { FieldModel } from '../../policy/classification/subgraph-model.ts'
import type { SubgraphDocument } from '../../policy/classification/types.ts'

const head = `"Đối tượng có mã định danh đã niêm phong. An object with a sealed id."
interface Node {
  "Mã định danh đã niêm phong. Sealed id."
  id: ID! @classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "BCA", structure: true)
}

type Query {
  """
  Đối tượng có mã này, hoặc rỗng khi mã không phải của người gọi. The object of an id; null for an id that was not
  sealed for the caller. Open: it tells nothing but what the caller presented; every field behind it is decided alone.
  """
  node(
    "Mã định danh đã niêm phong. Sealed id."
    id: ID!
  ): Node @classified(dict: "x-core.node", sharing: OPEN, owner: "BCA")
}
`

/**
 * The node subgraph's types: Relay's Node over every entity of the other subgraphs that has a sealed id, as stubs that
 * other subgraphs fill. Deterministic: by type name.
 */
export function nodeSdl(others: readonly SubgraphDocument[]): string {
  const ids = new Map<string, FieldModel>()
  for (const { types } of others.filter(({ name }) => name !== 'node').map(readSubgraph)) {
    for (const type of types.values()) {
      const id = type.fields.get('id')
      const isEntity = type.kind === 'OBJECT' && type.keys.some((key) => key.trim() === 'id')
      if (isEntity && id?.class?.structure && !ids.has(type.name)) ids.set(type.name, id)
    }
  }
  const stubs = [...ids].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([type, id]) => stub(type, id))
  return [head, ...stubs].join('\n')
}

function stub(type: string, id: FieldModel): string {
  return `"Đối tượng ${type}, do kho dữ liệu của nó điền. A ${type}; its database fills it."
type ${type} implements Node @key(fields: "id", resolvable: false) {
  "Mã định danh đã niêm phong. Sealed id."
  id: ID! ${print(classifiedDirective(id.merged))}
}
`
}
