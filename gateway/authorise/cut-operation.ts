import {
  getNamedType,
  isAbstractType,
  isCompositeType,
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
import { problem } from '../../policy/errors.ts'
import type { ArgumentClass } from '../../policy/classification/types.ts'
import type { Decision } from '../../policy/types.ts'
import type { EarlyDecisions } from './early-decisions.ts'
import { typeKey, type ShapeField } from './shape.ts'
import { withUsedVariables } from './used-variables.ts'

/** An operation without what this caller can never be told. */
export type CutOperation = {
  /** Null where nothing is left to ask. */
  document: DocumentNode | null
  /** Differs wherever the document differs: belongs in the plan's cache key. */
  signature: string
  shape: readonly ShapeField[]
}

/** `Type.field(argument)` -> the field that the argument touches. */
export type ArgumentClasses = ReadonlyMap<string, ArgumentClass>

/** Fields an operation may have after its fragments are written out. */
const largest = 5000
const placeholder: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
  alias: { kind: Kind.NAME, value: typeKey },
}

/**
 * Cuts what is denied whatever the row, before anything is planned. Pure. Fragments are written out, selections on an
 * interface or union are judged by each possible type. Throws QUERY_TOO_COMPLEX where the written-out operation is too large.
 */
export function cutOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  early: EarlyDecisions,
  filters: ArgumentClasses,
): CutOperation {
  const fragments = new Map(
    document.definitions
      .filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
      .map((d) => [d.name.value, d]),
  )
  const cuts: string[] = []
  let size = 0

  const root = schema.getRootType(operation.operation)
  if (!isObjectType(root)) throw problem('BAD_USER_INPUT')
  const { selections, shape } = walkConcrete(operation.selectionSet, root, null, [], '')
  const isEmpty = selections.length === 0
  const kept = isEmpty
    ? null
    : withUsedVariables({ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } })
  return { document: kept && { kind: Kind.DOCUMENT, definitions: [kept] }, signature: cuts.join(' '), shape }

  /** The selections that apply to one object type, with their conditions, fragments written out. */
  function* flat(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    conditions: readonly DirectiveNode[],
  ): Iterable<{ field: FieldNode; conditions: readonly DirectiveNode[] }> {
    for (const selection of set.selections) {
      size += 1
      if (size > largest) throw problem('QUERY_TOO_COMPLEX')
      const own = [...conditions, ...(selection.directives ?? [])]
      if (selection.kind === Kind.FIELD) {
        yield { field: selection, conditions: own }
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (fragment === undefined) continue
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type
      const applies = on === type || (isAbstractType(on) && schema.isSubType(on, type))
      if (applies) yield* flat(fragment.selectionSet, type, own)
    }
  }

  function walkConcrete(
    set: SelectionSetNode,
    type: GraphQLObjectType,
    on: string | null,
    outer: readonly DirectiveNode[],
    path: string,
  ) {
    const selections: SelectionNode[] = []
    const shape: ShapeField[] = []
    for (const { field, conditions } of flat(set, type, outer)) {
      const found = walkField(field, type, on, conditions, path)
      if (found.selection !== null) selections.push(found.selection)
      merge(shape, found.shape)
    }
    return { selections, shape }
  }

  function walkField(
    field: FieldNode,
    type: GraphQLObjectType,
    on: string | null,
    conditions: readonly DirectiveNode[],
    path: string,
  ) {
    const name = field.name.value
    const key = field.alias?.value ?? name
    const coordinate = `${type.name}.${name}`
    const base = { key, coordinate, on, conditions, cut: null, isStub: false, children: [], hasCut: false }
    const definition = type.getFields()[name]
    if (name.startsWith('__') || definition === undefined)
      return { selection: { ...field, directives: conditions }, shape: base }

    const place = `${path}/${on ?? ''}:${key}`
    const isLookup = (field.arguments ?? []).some(
      (argument) => filters.get(`${coordinate}(${argument.name.value})`)?.use === 'LOOKUP',
    )
    const verdict = early.decide(coordinate)
    const cut = isLookup ? cutOfLookup(verdict) : (definiteCut(verdict) ?? cutOfFilters(field, coordinate))
    if (cut !== null) {
      cuts.push(place)
      return { selection: null, shape: { ...base, cut, hasCut: true } }
    }
    const named = getNamedType(definition.type)
    if (!isCompositeType(named) || field.selectionSet === undefined)
      return { selection: { ...field, directives: conditions }, shape: base }

    const types = isObjectType(named) ? [named] : schema.getPossibleTypes(named)
    const below = types.map((possible) => ({
      possible,
      ...walkConcrete(
        field.selectionSet as SelectionSetNode,
        possible,
        types.length > 1 ? possible.name : null,
        [],
        place,
      ),
    }))
    const children = below.flatMap((one) => one.shape)
    const hasCut = children.some((child) => child.hasCut)
    const isOwnVerdictOpen = verdict.outcome === 'ALLOW' && !verdict.conditional
    if (isLookup && !isOwnVerdictOpen && below.every((one) => one.selections.length === 0)) {
      cuts.push(`${place}~`)
      return { selection: null, shape: { ...base, isStub: true, children, hasCut: true } }
    }
    const inner: SelectionNode[] =
      types.length === 1
        ? (below[0]?.selections ?? [])
        : below
            .filter((one) => one.selections.length > 0)
            .map((one) => ({
              kind: Kind.INLINE_FRAGMENT,
              typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: one.possible.name } },
              selectionSet: { kind: Kind.SELECTION_SET, selections: one.selections },
            }))
    const needsType = inner.length === 0 || types.length > 1
    const selectionSet: SelectionSetNode = {
      kind: Kind.SELECTION_SET,
      selections: needsType ? [placeholder, ...inner] : inner,
    }
    return {
      selection: { ...field, directives: conditions, selectionSet },
      shape: { ...base, children, hasCut: hasCut || needsType },
    }
  }

  /** An argument that filters by a field needs that field to be open to the caller, unmasked. */
  function cutOfFilters(field: FieldNode, coordinate: string): Decision | null {
    for (const argument of field.arguments ?? []) {
      const filter = filters.get(`${coordinate}(${argument.name.value})`)
      if (filter?.use !== 'FILTER') continue
      const verdict = early.decide(filter.of)
      if (verdict.outcome !== 'ALLOW') return verdict
    }
    return null
  }
}

function definiteCut(verdict: Decision): Decision | null {
  return verdict.outcome === 'ALLOW' || verdict.outcome === 'MASK' ? null : verdict
}

/** A lookup shows a stub to whoever may not know; only callers who may ask for nothing at all are stopped here. */
function cutOfLookup(verdict: Decision): Decision | null {
  return verdict.failed === 'caller' || verdict.failed === 'purpose' ? verdict : null
}

/** The same response key asked for twice is one place of the answer. */
function merge(shape: ShapeField[], field: ShapeField): void {
  const index = shape.findIndex(
    (known) =>
      known.key === field.key &&
      known.on === field.on &&
      known.conditions.length === 0 &&
      field.conditions.length === 0,
  )
  const known = shape[index]
  if (known === undefined) shape.push(field)
  else {
    const children = [...known.children]
    for (const child of field.children) merge(children, child)
    shape[index] = { ...known, children, hasCut: known.hasCut || field.hasCut, isStub: known.isStub && field.isStub }
  }
}
