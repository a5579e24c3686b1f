import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { cutOf } from '../cut-of.ts'
import { problem } from '../errors.ts'
import type { ArgumentClass } from '../classification/types.ts'
import type { Decision } from '../types.ts'
import type { EarlyDecisions } from './early-decisions.ts'
import { introspectionFragments } from './introspection-fragments.ts'
import type { SamePerson } from './same-person.ts'
import { typeKey, type ShapeField } from './shape.ts'
import { withUsedVariables } from './used-variables.ts'
import { createWriter, underConditions, type WrittenField } from './written-out.ts'

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

/** Where a selection stands: under which possible type, at which place, and whether it speaks of whom the root named. */
type Place = { on: string | null; path: string; isOfNamed: boolean }

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
  isSamePerson: SamePerson,
): CutOperation {
  const written = createWriter(schema, document)
  const cuts: string[] = []
  const root = schema.getRootType(operation.operation)
  if (!isObjectType(root)) throw problem('BAD_USER_INPUT')
  const { selections, shape } = walkConcrete(operation.selectionSet, root, { on: null, path: '', isOfNamed: true })
  const isEmpty = selections.length === 0
  const kept = isEmpty
    ? null
    : withUsedVariables({ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } })
  const definitions = kept === null ? [] : [kept, ...introspectionFragments(document, selections)]
  return { document: kept && { kind: Kind.DOCUMENT, definitions }, signature: cuts.join(' '), shape }

  function walkConcrete(set: SelectionSetNode, type: GraphQLObjectType, at: Place) {
    const selections: SelectionNode[] = []
    const shape: ShapeField[] = []
    for (const one of written(set, type)) {
      const found = walkField(one, type, at)
      if (found.sent !== null) selections.push(underConditions(found.sent, one.outer))
      merge(shape, found.shape)
    }
    return { selections, shape }
  }

  function walkField({ field, outer }: WrittenField, type: GraphQLObjectType, { on, path, isOfNamed }: Place) {
    const name = field.name.value
    const key = field.alias?.value ?? name
    const coordinate = `${type.name}.${name}`
    const conditions = [...outer, ...(field.directives ?? [])]
    const base = { key, coordinate, on, conditions, isOfNamed, cut: null, isStub: false, children: [], hasCut: false }
    const definition = type.getFields()[name]
    if (name.startsWith('__') || definition === undefined) return { sent: field, shape: base }

    const place = `${path}/${on ?? ''}:${key}`
    const isLookup = (field.arguments ?? []).some(
      (argument) => filters.get(`${coordinate}(${argument.name.value})`)?.use === 'LOOKUP',
    )
    const verdict = early.decide(coordinate)
    const own = cutOf(verdict, isLookup)
    const cut = own !== null ? { cut: own } : isLookup ? null : cutOfFilters(field, coordinate)
    if (cut !== null) {
      cuts.push(place)
      return { sent: null, shape: { ...base, ...cut, hasCut: true } }
    }
    const named = getNamedType(definition.type)
    const set = field.selectionSet
    if (!isCompositeType(named) || set === undefined) return { sent: field, shape: base }

    const types = isObjectType(named) ? [named] : schema.getPossibleTypes(named)
    const below = types.map((possible) => ({
      possible,
      ...walkConcrete(set, possible, {
        on: types.length > 1 ? possible.name : null,
        path: place,
        isOfNamed: isOfNamed && isSamePerson(type.name, name, possible.name),
      }),
    }))
    const children = below.flatMap((one) => one.shape)
    const hasCut = children.some((child) => child.hasCut)
    const isOwnVerdictOpen = verdict.outcome === 'ALLOW' && !verdict.conditional
    if (isLookup && !isOwnVerdictOpen && below.every((one) => one.selections.length === 0)) {
      cuts.push(`${place}~`)
      return { sent: null, shape: { ...base, isStub: true, children, hasCut: true } }
    }
    const inner = types.length === 1 ? (below[0]?.selections ?? []) : below.flatMap(onType)
    const needsType = inner.length === 0 || types.length > 1
    const selections = needsType ? [placeholder, ...inner] : inner
    return {
      sent: { ...field, selectionSet: { kind: Kind.SELECTION_SET as const, selections } },
      shape: { ...base, children, hasCut: hasCut || needsType },
    }
  }

  /** An argument that filters by a field needs that field to be open to the caller, unmasked. */
  function cutOfFilters(field: FieldNode, coordinate: string): { cut: Decision; filteredBy: string } | null {
    for (const argument of field.arguments ?? []) {
      const filter = filters.get(`${coordinate}(${argument.name.value})`)
      if (filter?.use !== 'FILTER') continue
      const verdict = early.decide(filter.of)
      if (verdict.outcome !== 'ALLOW') return { cut: verdict, filteredBy: filter.of }
    }
    return null
  }
}

/** The selections of one possible type, under its own fragment; nothing where all were cut. */
function onType({
  possible,
  selections,
}: {
  possible: GraphQLObjectType
  selections: SelectionNode[]
}): SelectionNode[] {
  if (selections.length === 0) return []
  const typeCondition = { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: possible.name } }
  return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: { kind: Kind.SELECTION_SET, selections } }]
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
