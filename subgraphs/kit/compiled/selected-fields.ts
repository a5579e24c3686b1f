import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'

/** The fields of a selection on one type with its fragments opened. */
export type FieldsOf = (set: SelectionSetNode | undefined, type: string) => FieldNode[]

/** Thrown inside a compilation for what only the plain path can answer. */
export const notCompiled = Symbol('not compiled')

/** What a compilation makes; null where it met something that only the plain path can answer. */
export function ifCompiled<Made>(compile: () => Made): Made | null {
  try {
    return compile()
  } catch (reason) {
    if (reason === notCompiled) return null
    throw reason
  }
}

/**
 * Opens fragments. Throws `notCompiled` for conditions, for fragments on other types and for a response key asked for
 * twice: what those mean is graphql's to say.
 */
export function fieldsIn(document: DocumentNode): FieldsOf {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)

  const opened = (set: SelectionSetNode | undefined, type: string): FieldNode[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if ((selection.directives?.length ?? 0) > 0) throw notCompiled
      if (selection.kind === Kind.FIELD) return [selection]
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      const condition = fragment?.typeCondition?.name.value
      if (fragment === undefined || (condition !== undefined && condition !== type)) throw notCompiled
      return opened(fragment.selectionSet, type)
    })
  return (set, type) => {
    const fields = opened(set, type)
    if (new Set(fields.map(responseKey)).size !== fields.length) throw notCompiled
    return fields
  }
}

/** What a field is called in the answer. */
export function responseKey({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value
}
