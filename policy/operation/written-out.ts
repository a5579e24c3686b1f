import {
  isAbstractType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { problem } from '../errors.ts'

/** A field of a selection with its fragments written out, and the conditions of the fragments it stood in. */
export type WrittenField = { field: FieldNode; outer: readonly DirectiveNode[] }

/** Fields an operation may have after its fragments are written out. */
const largest = 5000

/**
 * Writes fragments out: the fields that apply to one object type, in order. One instance counts one operation; throws
 * QUERY_TOO_COMPLEX beyond the bound, before fragments that double can fill the memory.
 */
export function createWriter(schema: GraphQLSchema, document: DocumentNode) {
  const definitions = document.definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
  )
  const fragments = new Map(definitions.map((one) => [one.name.value, one]))
  let size = 0
  return function* written(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    outer: readonly DirectiveNode[] = [],
  ): Iterable<WrittenField> {
    for (const selection of set.selections) {
      size += 1
      if (size > largest) throw problem('QUERY_TOO_COMPLEX')
      if (selection.kind === Kind.FIELD) {
        yield { field: selection, outer }
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (fragment === undefined) continue
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type
      const applies = on === type || (isAbstractType(on) && schema.isSubType(on, type))
      if (applies) yield* written(fragment.selectionSet, type, [...outer, ...(selection.directives ?? [])])
    }
  }
}

/** The fields at the top of an operation, also those that stand in fragments. */
export function rootFieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): FieldNode[] {
  const root = schema.getRootType(operation.operation)
  const written = createWriter(schema, document)
  return isObjectType(root) ? Array.from(written(operation.selectionSet, root), ({ field }) => field) : []
}

/** The field under the conditions of the fragments it stood in: each keeps a fragment of its own, for none may stand twice. */
export function underConditions(field: FieldNode, outer: readonly DirectiveNode[]): SelectionNode {
  return outer.reduceRight<SelectionNode>(
    (selection, directive) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives: [directive],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
    }),
    field,
  )
}
