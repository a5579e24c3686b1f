import {
  GraphQLObjectType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { bareObject } from '../../policy/bare-object.ts'
import { isIncluded } from '../../policy/operation/is-included.ts'

/** What one object of an answer holds, in order. */
export type AnswerShape = readonly AnswerField[]

export type AnswerField = {
  key: string
  /** Null for `__typename`. */
  type: GraphQLOutputType | null
  value: ValueShape
  /** Object types that the field was asked on; null: whatever stands there. */
  on: ReadonlySet<string> | null
  conditions: readonly DirectiveNode[]
  children: AnswerShape | null
  /** The type that a composite has where no `__typename` says more. */
  parent: string | null
}

/** What of a type a value is shaped by; `item` is null for what is no list. */
type ValueShape = { isNonNull: boolean; item: ValueShape | null }
const plainValue: ValueShape = { isNonNull: false, item: null }

type Data = Record<string, unknown>

/** The shape of an operation's answer; null where it asks about the schema itself, which is not data. */
export function answerShapeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerShape | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  let asksOfSchema = false
  const root = schema.getRootType(operation.operation)
  if (!root) return null
  const shape = shapeOf(operation.selectionSet, root, null, [])
  return asksOfSchema ? null : shape

  function shapeOf(
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    on: ReadonlySet<string> | null,
    conditions: readonly DirectiveNode[],
  ): AnswerField[] {
    return set.selections.flatMap((selection): AnswerField[] => {
      const all = [...conditions, ...(selection.directives ?? [])]
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        const common = {
          key: selection.alias?.value ?? name,
          on,
          conditions: all,
          parent: isObjectType(type) ? type.name : null,
        }
        if (name === '__typename') return [{ ...common, type: null, value: plainValue, children: null }]
        const field = type instanceof GraphQLObjectType || 'getFields' in type ? type.getFields()[name] : undefined
        if (field === undefined) {
          asksOfSchema = true
          return []
        }
        const named = namedOf(field.type)
        const children =
          selection.selectionSet && isCompositeType(named) ? shapeOf(selection.selectionSet, named, null, []) : null
        return [{ ...common, type: field.type, value: valueShapeOf(field.type), children }]
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
      if (fragment === undefined) return []
      const condition = fragment.typeCondition?.name.value
      const inner = condition === undefined ? type : schema.getType(condition)
      if (!isCompositeType(inner)) return []
      return shapeOf(fragment.selectionSet, inner, narrowed(on, type, inner), all)
    })
  }

  function narrowed(on: ReadonlySet<string> | null, outer: GraphQLCompositeType, inner: GraphQLCompositeType) {
    if (inner === outer) return on
    const possible = isAbstractType(inner) ? schema.getPossibleTypes(inner).map(({ name }) => name) : [inner.name]
    return new Set(on === null ? possible : possible.filter((name) => on.has(name)))
  }
}

function namedOf(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) || isListType(type) ? namedOf(type.ofType as GraphQLOutputType) : type
}

function valueShapeOf(type: GraphQLOutputType): ValueShape {
  if (isNonNullType(type)) return { ...valueShapeOf(type.ofType as GraphQLOutputType), isNonNull: true }
  return isListType(type) ? { isNonNull: false, item: valueShapeOf(type.ofType as GraphQLOutputType) } : plainValue
}

/** A null where none may be. */
const invalid = Symbol('invalid')

/**
 * What was asked for out of what the subgraphs gave: in the order of the query, without the fields that only joined them.
 * A null where none may be takes its parent with it.
 */
export function shapedAnswer(shape: AnswerShape, data: Data, variables: Readonly<Data>): Data | null {
  const answer = shapedObject(shape, data, variables)
  return answer === invalid ? null : (answer as Data)
}

function shapedObject(shape: AnswerShape, data: Data, variables: Readonly<Data>, into?: Data): Data | typeof invalid {
  const out = into ?? bareObject()
  const typename = data['__typename']
  for (const { key, type, value: shapeOfValue, on, conditions, children, parent } of shape) {
    if (on !== null && typeof typename === 'string' && !on.has(typename)) continue
    if (conditions.length > 0 && !isIncluded(conditions, variables)) continue
    if (type === null) {
      const name = data[key] ?? typename ?? parent
      if (typeof name !== 'string') return invalid
      out[key] ??= name
      continue
    }
    const value = shapedValue(shapeOfValue, Object.hasOwn(data, key) ? data[key] : null, children, variables, out[key])
    if (value === invalid) return invalid
    out[key] = value
  }
  return out
}

function shapedValue(
  shape: ValueShape,
  value: unknown,
  children: AnswerShape | null,
  variables: Readonly<Data>,
  known: unknown,
): unknown {
  const shaped = nullableValue(shape, value, children, variables, known)
  return shaped === null && shape.isNonNull ? invalid : shaped
}

function nullableValue(
  { item }: ValueShape,
  value: unknown,
  children: AnswerShape | null,
  variables: Readonly<Data>,
  known: unknown,
): unknown {
  if (value === null || value === undefined || known === null) return null
  if (item !== null) {
    if (!Array.isArray(value)) return null
    const before = Array.isArray(known) ? known : []
    const items: unknown[] = []
    for (const [index, one] of value.entries()) {
      const shaped = shapedValue(item, one, children, variables, before[index])
      if (shaped === invalid) return null
      items.push(shaped)
    }
    return items
  }
  if (children === null) return value
  const object = shapedObject(children, value as Data, variables, known as Data | undefined)
  return object === invalid ? null : object
}
