import {
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import { bareObject } from '../../../policy/bare-object.ts'
import { type FieldsOf, notCompiled, responseKey } from '../compiled/selected-fields.ts'
import { isRow } from '../gate.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import type { Complete } from './types.ts'

/** Thrown where only the plain path can answer: a refusal, an error, a null where none may be. */
export const beyond = Symbol('beyond')

/** Open, or a part of the graph's structure: nothing is decided. */
export const isAlways = ({ level, structure }: FieldClass): boolean => level === 'L0' || structure

/** Makes completers of plain values and objects of types that are neither rows nor have edges; else throws `notCompiled`. */
export function createCompletes(runtime: SubgraphRuntime, fieldsOf: FieldsOf) {
  const completeOf = (type: GraphQLOutputType, set: SelectionSetNode | undefined): Complete => {
    if (isNonNullType(type)) {
      const inner = completeOf(type.ofType as GraphQLOutputType, set)
      return (value, judge) => inner(value, judge) ?? outOf()
    }
    if (isListType(type)) {
      const inner = completeOf(type.ofType as GraphQLOutputType, set)
      return (value, judge) => {
        if (value === null || value === undefined) return null
        return Array.isArray(value) ? value.map((item) => inner(item, judge)) : outOf()
      }
    }
    if (isLeafType(type))
      return (value) => (value === null || value === undefined ? null : (type.serialize(value) ?? outOf()))
    if (!isObjectType(type)) throw notCompiled
    return completeObject(type.name, set, (name) => type.getFields()[name]?.type)
  }

  function completeObject(
    type: string,
    set: SelectionSetNode | undefined,
    typeOf: (field: string) => GraphQLOutputType | undefined,
  ): Complete {
    if (runtime.tables.has(type) || runtime.definition.edges[type] !== undefined) throw notCompiled
    const fields = fieldsOf(set, type).map((node) => {
      const name = node.name.value
      const key = responseKey(node)
      if (name === '__typename') return { key, name: null, judged: null, complete: () => type }
      const fieldClass = runtime.classes.get(`${type}.${name}`)
      const fieldType = typeOf(name)
      if (fieldClass === undefined || fieldType === undefined || (node.arguments?.length ?? 0) > 0) throw notCompiled
      const complete = completeOf(fieldType, node.selectionSet)
      return { key, name, judged: isAlways(fieldClass) ? null : fieldClass, complete }
    })
    return (value, judge) => {
      if (value === null || value === undefined) return null
      if (typeof value !== 'object' || value instanceof Error || value instanceof Promise || isRow(value))
        return outOf()
      const out = bareObject()
      for (const { key, name, judged, complete } of fields) {
        if (judged !== null) judge(judged)
        const held = name !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null
        out[key] = complete(held, judge)
      }
      return out
    }
  }

  return completeOf
}

function outOf(): never {
  throw beyond
}
