import { Kind } from 'graphql'
import type {
  ConstDirectiveNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql'
import { directivesOf, textArgument } from './ast.ts'
import { homeOf } from './home-of.ts'

type FieldsNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

/** The domain of every field of a composed supergraph, by coordinate: read from its `@join__…` directives. */
export function supergraphDomains(document: DocumentNode): ReadonlyMap<string, string> {
  const names = graphNames(document)
  return new Map(document.definitions.filter(isFieldsNode).flatMap((type) => domainsOfType(type, names)))
}

function domainsOfType(type: FieldsNode, names: ReadonlyMap<string, string>): readonly [string, string][] {
  const all = directivesOf(type, 'join__type').flatMap((join) => graphOf(join, names))
  const resolved = (type.fields ?? []).map((field) => ({ field, by: resolvedBy(field, all, names) }))
  const sizeOf = (domain: string): number => resolved.filter(({ by }) => by.includes(domain)).length
  return resolved
    .filter(({ by }) => by.length > 0)
    .map(({ field, by }) => [`${type.name.value}.${field.name.value}`, homeOf(by, sizeOf)])
}

/** Without a `@join__field` that names a graph every subgraph that has the type resolves the field. */
function resolvedBy(
  field: FieldDefinitionNode,
  all: readonly string[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const joins = directivesOf(field, 'join__field').filter((join) => graphOf(join, names).length > 0)
  if (joins.length === 0) return [...new Set(all)]
  const resolving = joins.filter((join) => !isTrue(join, 'external') && !isTrue(join, 'usedOverridden'))
  return [...new Set(resolving.flatMap((join) => graphOf(join, names)))]
}

/** `enum join__Graph { LAND @join__graph(name: "land") }`: graph -> subgraph name. */
function graphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = document.definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph' ? (node.values ?? []) : [],
  )
  return new Map(
    graphs.flatMap((graph) =>
      directivesOf(graph, 'join__graph').map((join) => [graph.name.value, textArgument(join, 'name') ?? ''] as const),
    ),
  )
}

function graphOf(join: ConstDirectiveNode, names: ReadonlyMap<string, string>): readonly string[] {
  const value = join.arguments?.find((argument) => argument.name.value === 'graph')?.value
  return value?.kind === Kind.ENUM ? [names.get(value.value) ?? value.value] : []
}

function isTrue(join: ConstDirectiveNode, name: string): boolean {
  const value = join.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.BOOLEAN && value.value
}

function isFieldsNode(node: DefinitionNode): node is FieldsNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
}
