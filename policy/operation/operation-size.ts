import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql'
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql'
import { assumedRows } from './limits.ts'

/** How large an operation is with its fragments written out. */
export type OperationSize = {
  fields: number
  depth: number
  /** Fields times the lengths of the lists they stand in. */
  cost: number
  /** Fields at its top, each of which may be another person. */
  roots: number
  /** Questions about the schema; an alias in one asks again. */
  introspections: number
  /** The page sizes asked for. */
  pages: readonly number[]
  /** No page's size is a variable's: with others it is as large. */
  isFixed: boolean
}

/** A valid operation of a document, with the variables as they came. */
export type Measured = {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
  /** `Type.field` -> rows its list is taken to have; others as limits.ts says. */
  sizes: ReadonlyMap<string, number>
}

type Part = Omit<OperationSize, 'pages' | 'isFixed'> & { aliases: number }
type Parent = GraphQLNamedType | null

/**
 * Measures an operation that validation has passed. Each fragment is measured once, however often it is spread, so that
 * fragments which double each other make large numbers and little work. Introspection costs nothing of a database: its
 * depth is bounded by validation, its breadth by the schema, and what is left to bound is how often it is asked.
 */
export function operationSize({ schema, document, operation, variables, sizes }: Measured): OperationSize {
  const fragments = new Map(document.definitions.filter(isFragment).map((one) => [one.name.value, one]))
  const parts = new Map<string, Part>()
  const given = { ...defaultsOf(operation), ...variables }
  const pages: number[] = []
  let isFixed = true
  const { aliases: _, ...whole } = partOf(operation.selectionSet, schema.getRootType(operation.operation) ?? null)
  return { ...whole, pages, isFixed }

  function partOf(set: SelectionSetNode | undefined, parent: Parent): Part {
    let [fields, depth, cost, roots, aliases, introspections] = [0, 0, 0, 0, 0, 0]
    for (const selection of set?.selections ?? []) {
      const part = partOfSelection(selection, parent)
      fields += part.fields
      depth = Math.max(depth, part.depth)
      cost += part.cost
      roots += part.roots
      aliases += part.aliases
      introspections += part.introspections
    }
    return { fields, depth, cost, roots, aliases, introspections }
  }

  function partOfSelection(selection: SelectionNode, parent: Parent): Part {
    if (selection.kind === Kind.FIELD) return partOfField(selection, parent)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return partOfFragment(selection.name.value)
    return partOf(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? parent)
  }

  function partOfFragment(name: string): Part {
    const fragment = fragments.get(name)
    const part = parts.get(name) ?? partOf(fragment?.selectionSet, typeNamed(fragment?.typeCondition.name.value))
    parts.set(name, part)
    return part
  }

  function partOfField(field: FieldNode, parent: Parent): Part {
    const own = field.alias === undefined ? 0 : 1
    if (field.name.value.startsWith('__')) {
      const { fields, aliases } = partOf(field.selectionSet, null)
      const introspections = field.selectionSet === undefined ? 0 : 1 + own + aliases
      return { fields: 1 + fields, depth: 1, cost: 0, roots: 1, aliases: own + aliases, introspections }
    }
    const type =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value]?.type : undefined
    const inner = partOf(field.selectionSet, type === undefined ? null : getNamedType(type))
    const isPage = type !== undefined && isConnection(getNamedType(type))
    const isList = type !== undefined && isListType(getNullableType(type)) && !isConnection(parent)
    const length = isList ? (sizes.get(`${parent?.name}.${field.name.value}`) ?? assumedRows.list) : 1
    const rows = isPage ? pageOf(field) : length
    const { introspections } = inner
    const aliases = own + inner.aliases
    return {
      fields: 1 + inner.fields,
      depth: 1 + inner.depth,
      cost: 1 + rows * inner.cost,
      roots: 1,
      aliases,
      introspections,
    }
  }

  function pageOf(field: FieldNode): number {
    const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
    if (argument?.value.kind === Kind.VARIABLE) isFixed = false
    const size = argument === undefined ? undefined : valueFromASTUntyped(argument.value, given)
    if (typeof size !== 'number') return assumedRows.page
    pages.push(size)
    return Math.max(size, 1)
  }

  function typeNamed(name: string | undefined): Parent {
    return name === undefined ? null : (schema.getType(name) ?? null)
  }
}

function isFragment(node: { kind: string }): node is FragmentDefinitionNode {
  return node.kind === Kind.FRAGMENT_DEFINITION
}

function isConnection(type: Parent): boolean {
  return type !== null && type.name.endsWith('Connection')
}

function defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const defaults = (operation.variableDefinitions ?? []).filter(({ defaultValue }) => defaultValue !== undefined)
  return Object.fromEntries(
    defaults.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  )
}
