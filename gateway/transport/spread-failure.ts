import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql'

/**
 * A fetch that failed as a whole, told field by field: every field that was asked for is null with the error at its
 * path, so that the caller's form knows which.
 */
export function spreadFailure(
  error: GraphQLError,
  document: DocumentNode,
  representations: readonly unknown[] | null,
): ExecutionResult {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const roots = operation === undefined ? [] : fieldsOf(operation.selectionSet)
  const at = (path: (string | number)[]) => new GraphQLError(error.message, { path, extensions: error.extensions })
  if (representations === null) return { data: null, errors: roots.map((field) => at([keyOf(field)])) }
  const asked = roots.flatMap((root) => (root.selectionSet ? fieldsOf(root.selectionSet) : []))
  return {
    data: { _entities: representations.map(() => null) },
    errors: representations.flatMap((_, index) => asked.map((field) => at(['_entities', index, keyOf(field)]))),
  }
}

function fieldsOf(set: SelectionSetNode): FieldNode[] {
  const fields = set.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [selection]
      : selection.kind === Kind.INLINE_FRAGMENT
        ? fieldsOf(selection.selectionSet)
        : [],
  )
  return fields.filter((field) => field.name.value !== '__typename')
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value
}
