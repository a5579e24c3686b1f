import type { Decision } from '../types.ts'
import { isIncluded } from './is-included.ts'
import { typeKey, type ShapeField } from './shape.ts'

type Data = Record<string, unknown>
type Path = readonly (string | number)[]

/** A cut field at its place in the answer. */
export type CutPlace = {
  path: Path
  coordinate: string
  /** The field whose verdict it is: this one, or one that an argument filters by. */
  decidedOn: string
  decision: Decision
  isOfNamed: boolean
}

/**
 * The answer in the shape that was asked for: what was cut is null, in the order of the query, and is reported once a
 * place. Helper fields are gone. Pure: `data` is not changed.
 */
export function restoreNulls(
  shape: readonly ShapeField[],
  data: Data | null,
  variables: Readonly<Record<string, unknown>>,
): { data: Data; places: CutPlace[] } {
  const places: CutPlace[] = []
  return { data: restoreObject(shape, data ?? {}, []), places }

  function restoreObject(fields: readonly ShapeField[], value: Data, path: Path): Data {
    const type = value[typeKey]
    const restored: Data = Object.create(null) as Data
    for (const field of fields) {
      if ((field.on !== null && field.on !== type) || !isIncluded(field.conditions, variables)) continue
      const at = [...path, field.key]
      if (field.cut !== null) {
        restored[field.key] = null
        const { coordinate, filteredBy = coordinate, cut, isOfNamed } = field
        places.push({ path: at, coordinate, decidedOn: filteredBy, decision: cut, isOfNamed })
      } else if (field.isStub) restored[field.key] = restoreObject(field.children, {}, at)
      else if (!Object.hasOwn(value, field.key)) continue
      else {
        const found = field.hasCut ? restoreValue(field.children, value[field.key], at) : value[field.key]
        restored[field.key] = Object.hasOwn(restored, field.key) ? joined(restored[field.key], found) : found
      }
    }
    return restored
  }

  function restoreValue(fields: readonly ShapeField[], value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((item, index) => restoreValue(fields, item, [...path, index]))
    return typeof value === 'object' && value !== null ? restoreObject(fields, value as Data, path) : value
  }
}

/** One place asked for twice under different conditions: the parts belong together. */
function joined(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return a.map((item, index) => joined(item, b[index]))
  const areObjects = typeof a === 'object' && a !== null && typeof b === 'object' && b !== null
  return areObjects ? Object.assign(Object.create(null), a, b) : (b ?? a)
}
