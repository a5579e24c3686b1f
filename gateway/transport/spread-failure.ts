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
  const roots = rootsOf(document)
  const at = (path: (string | number)[]) => new GraphQLError(error.message, { path, extensions: error.extensions })
  if (representations === null) return { data: null, errors: roots.map((field) => at([keyOf(field)])) }
  const asked = fieldsBelow(roots)
  return {
    data: { _entities: representations.map(() => null) },
    errors: representations.flatMap((_, index) => asked.map((field) => at(['_entities', index, keyOf(field)]))),
  }
}

/** The same for one entity that could not be had while others could: its error goes to every field asked of it. */
export function spreadEntityFailures(result: ExecutionResult, document: DocumentNode): ExecutionResult {
  if (result.errors?.some(isOfEntity) !== true) return result
  const asked = fieldsBelow(rootsOf(document))
  const errors = result.errors.flatMap((error) =>
    isOfEntity(error)
      ? asked.map((field) => {
          const path = [...(error.path ?? []), keyOf(field)]
          return new GraphQLError(error.message, { path, extensions: error.extensions })
        })
      : [error],
  )
  return { ...result, errors }
}

function isOfEntity({ path }: GraphQLError): boolean {
  return path?.length === 2 && path[0] === '_entities'
}

function rootsOf(document: DocumentNode): FieldNode[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operation === undefined ? [] : fieldsOf(operation.selectionSet)
}

function fieldsBelow(roots: readonly FieldNode[]): FieldNode[] {
  return roots.flatMap((root) => (root.selectionSet ? fieldsOf(root.selectionSet) : []))
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
