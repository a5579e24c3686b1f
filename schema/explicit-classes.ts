import { Kind, visit } from 'graphql'
import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  InterfaceTypeExtensionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
} from 'graphql'
import { readSubgraph } from '../policy/classification/read-subgraph.ts'
import type { SubgraphDocument } from '../policy/classification/types.ts'
import { classifiedDirective, domainArgument } from '../policy/classification/class-directive.ts'

type FieldsNode =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode

/**
 * The same SDL with every field's class written out on the field, and each `@subject` with its domain. A type's
 * default would be merged between subgraphs by majority, and then classify fields it wasn't written for; what an
 * external field says is not its owner's word, so it is dropped.
 */
export function explicitClasses({ name, document }: SubgraphDocument): DocumentNode {
  const model = readSubgraph({ name, document })
  const rewrite = (node: FieldsNode): FieldsNode => ({
    ...node,
    directives: (node.directives ?? [])
      .filter((directive) => directive.name.value !== 'classified')
      .map((directive) => (directive.name.value === 'subject' ? withDomain(directive, name) : directive)),
    fields: (node.fields ?? []).map((field) => classify(field, node.name.value)),
  })
  const classify = (field: FieldDefinitionNode, type: string): FieldDefinitionNode => {
    const known = model.types.get(type)?.fields.get(field.name.value)
    const others = (field.directives ?? []).filter((directive) => directive.name.value !== 'classified')
    const own = known && known.class && !known.isExternal ? [classifiedDirective(known.merged)] : []
    return { ...field, directives: [...others, ...own] }
  }
  return visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: rewrite,
    [Kind.OBJECT_TYPE_EXTENSION]: rewrite,
    [Kind.INTERFACE_TYPE_DEFINITION]: rewrite,
    [Kind.INTERFACE_TYPE_EXTENSION]: rewrite,
  })
}

function withDomain(directive: ConstDirectiveNode, name: string): ConstDirectiveNode {
  const others = (directive.arguments ?? []).filter((argument) => argument.name.value !== 'domain')
  return { ...directive, arguments: [...others, domainArgument(name)] }
}
