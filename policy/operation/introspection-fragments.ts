import { Kind, visit } from 'graphql'
import type { ASTNode, DocumentNode, FieldNode, FragmentDefinitionNode, SelectionNode } from 'graphql'

/**
 * The fragments that questions about the schema spread, over any number of steps. They are sent as they came: they speak
 * of types, hold no data, and are the only selections that are not written out.
 */
export function introspectionFragments(
  document: DocumentNode,
  sent: readonly SelectionNode[],
): FragmentDefinitionNode[] {
  const known = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  )
  const found = new Map<string, FragmentDefinitionNode>()
  const follow = (node: ASTNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = known.get(name.value)
        if (fragment === undefined || found.has(name.value)) return
        found.set(name.value, fragment)
        follow(fragment)
      },
    })
  }
  const followIntrospection = (field: FieldNode): false => {
    if (field.name.value.startsWith('__')) follow(field)
    return false
  }
  for (const one of sent) visit(one, { Field: followIntrospection })
  return [...found.values()]
}
