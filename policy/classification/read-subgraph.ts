import { Kind } from 'graphql'
import type {
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  InterfaceTypeDefinitionNode,
  InterfaceTypeExtensionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
} from 'graphql'
import { directivesOf, isListType, namedTypeOf, textsOf } from './ast.ts'
import { classArguments } from './class-arguments.ts'
import { fieldClass, withDefaults } from './field-class.ts'
import { subjectFields } from './subject-fields.ts'
import type { ArgumentModel, FieldModel, SubgraphModel, TypeModel } from './subgraph-model.ts'
import type { SubgraphDocument } from './types.ts'

type FieldsNode =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode

/** Reads a subgraph's SDL into the form the rules look at. Total: what is odd is kept for the rules to name. */
export function readSubgraph({ name, document }: SubgraphDocument): SubgraphModel {
  const roots = rootNames(document)
  const nodes = document.definitions.filter(isFieldsNode)
  const names = [...new Set(nodes.map((node) => node.name.value))]
  return {
    name,
    roots,
    types: new Map(
      names.map((type) => [
        type,
        readType(
          name,
          type,
          nodes.filter((node) => node.name.value === type),
          roots,
        ),
      ]),
    ),
    inputs: readInputs(name, document),
    unions: readUnions(document),
    scalars: namesOf(document, Kind.SCALAR_TYPE_DEFINITION),
    enums: namesOf(document, Kind.ENUM_TYPE_DEFINITION),
    document,
  }
}

function readType(subgraph: string, name: string, nodes: readonly FieldsNode[], roots: ReadonlySet<string>): TypeModel {
  const written = nodes.flatMap((node) => directivesOf(node, 'classified')).map(classArguments)
  const defaults = Object.assign({}, ...written.map((one) => one.written))
  const isExternal = nodes.some((node) => directivesOf(node, 'external').length > 0)
  const fields = nodes.flatMap((node) => node.fields ?? [])
  return {
    subgraph,
    name,
    kind: nodes.some((node) => node.kind.startsWith('Object')) ? 'OBJECT' : 'INTERFACE',
    isRoot: roots.has(name),
    defaults,
    unknown: [...written.flatMap((one) => one.unknown), ...(written.length > 1 ? ['@classified more than once'] : [])],
    subjects: nodes.flatMap((node) => directivesOf(node, 'subject')).map(subjectFields),
    keys: nodes.flatMap((node) => textsOf(node, 'key', 'fields')),
    contexts: nodes.flatMap((node) => textsOf(node, 'context', 'name')),
    isInterfaceObject: nodes.some((node) => directivesOf(node, 'interfaceObject').length > 0),
    interfaces: [...new Set(nodes.flatMap((node) => (node.interfaces ?? []).map((one) => one.name.value)))],
    fields: new Map(fields.map((node) => [node.name.value, readField(subgraph, name, node, { defaults, isExternal })])),
  }
}

function readField(
  subgraph: string,
  type: string,
  node: FieldDefinitionNode,
  of: Pick<TypeModel, 'defaults'> & { isExternal: boolean },
): FieldModel {
  const name = node.name.value
  const coordinate = `${type}.${name}`
  const applied = directivesOf(node, 'classified').map(classArguments)
  const merged = withDefaults(of.defaults, Object.assign({}, ...applied.map((one) => one.written)))
  return {
    subgraph,
    coordinate,
    type,
    name,
    node,
    returns: namedTypeOf(node.type),
    isList: isListType(node.type),
    isNonNull: node.type.kind === Kind.NON_NULL_TYPE,
    isExternal: of.isExternal || directivesOf(node, 'external').length > 0,
    times: applied.length,
    unknown: applied.flatMap((one) => one.unknown),
    merged,
    class: fieldClass({ type, field: name, domain: subgraph }, merged),
    requires: textsOf(node, 'requires', 'fields'),
    provides: textsOf(node, 'provides', 'fields'),
    arguments: (node.arguments ?? []).map((one) => readArgument(subgraph, `${coordinate}(${one.name.value})`, one)),
  }
}

function readArgument(subgraph: string, coordinate: string, node: InputValueDefinitionNode): ArgumentModel {
  const applied = directivesOf(node, 'classified').map(classArguments)
  return {
    subgraph,
    coordinate,
    name: node.name.value,
    node,
    takes: namedTypeOf(node.type),
    written: Object.assign({}, ...applied.map((one) => one.written)),
    unknown: applied.flatMap((one) => one.unknown),
    fromContext: textsOf(node, 'fromContext', 'field'),
  }
}

function readInputs(subgraph: string, document: DocumentNode): ReadonlyMap<string, readonly ArgumentModel[]> {
  const inputs = new Map<string, ArgumentModel[]>()
  for (const node of document.definitions) {
    if (node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION && node.kind !== Kind.INPUT_OBJECT_TYPE_EXTENSION) continue
    const name = node.name.value
    const read = (node.fields ?? []).map((one) => readArgument(subgraph, `${name}.${one.name.value}`, one))
    inputs.set(name, [...(inputs.get(name) ?? []), ...read])
  }
  return inputs
}

function readUnions(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const unions = new Map<string, string[]>()
  for (const node of document.definitions) {
    if (node.kind !== Kind.UNION_TYPE_DEFINITION && node.kind !== Kind.UNION_TYPE_EXTENSION) continue
    const members = (node.types ?? []).map((one) => one.name.value)
    unions.set(node.name.value, [...(unions.get(node.name.value) ?? []), ...members])
  }
  return unions
}

function rootNames(document: DocumentNode): ReadonlySet<string> {
  const named = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.operationTypes ?? []) : [],
  )
  return new Set(['Query', 'Mutation', 'Subscription', ...named.map((one) => one.type.name.value)])
}

function namesOf(
  document: DocumentNode,
  kind: Kind.SCALAR_TYPE_DEFINITION | Kind.ENUM_TYPE_DEFINITION,
): ReadonlySet<string> {
  return new Set(document.definitions.flatMap((node) => (node.kind === kind ? [node.name.value] : [])))
}

function isFieldsNode(node: DefinitionNode): node is FieldsNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION
  )
}
