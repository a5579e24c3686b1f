import { Kind } from 'graphql'
import type { DocumentNode } from 'graphql'
import { directivesOf } from '../policy/classification/ast.ts'

/**
 * `Type.field` -> how long its list is taken to be, where the schema says so: `@listSize(assumedSize:)` of the cost
 * directives (IBM's specification, in federation since 2.9). For lists without pages that are longer than usual: the
 * mean where there are many such lists, the longest where there is one.
 */
export function listSizes(supergraph: DocumentNode): ReadonlyMap<string, number> {
  const types = supergraph.definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  return new Map(
    types.flatMap(({ name, fields = [] }) =>
      fields.flatMap((field): [string, number][] => {
        const [size] = directivesOf(field, 'listSize')
          .flatMap((one) => one.arguments ?? [])
          .filter((one) => one.name.value === 'assumedSize')
        return size?.value.kind === Kind.INT ? [[`${name.value}.${field.name.value}`, Number(size.value.value)]] : []
      }),
    ),
  )
}
