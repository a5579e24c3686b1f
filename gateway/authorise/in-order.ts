import type { GraphQLError } from 'graphql'
import type { ShapeField } from '../../policy/operation/shape.ts'

/**
 * Errors in the order of the query and the rows, those without a path first. They arrive in the order in which the
 * databases answered, which tells how long each took and so, answer for answer, what it found (design I4).
 */
export function inOrder(shape: readonly ShapeField[], errors: readonly GraphQLError[]): GraphQLError[] {
  return errors
    .map((error) => ({ error, place: placeIn(shape, error.path ?? []) }))
    .toSorted((a, b) => compared(a.place, b.place))
    .map(({ error }) => error)
}

/** A path by numbers: how far down the selection each name stands, and which row it is. */
function placeIn(shape: readonly ShapeField[], path: readonly (string | number)[]): number[] {
  let fields = shape
  return path.map((step) => {
    if (typeof step === 'number') return step
    const index = fields.findIndex(({ key }) => key === step)
    fields = fields.flatMap(({ key, children }) => (key === step ? children : []))
    return index
  })
}

function compared(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((step, index) => step !== b[index])
  return different === -1 || different >= b.length ? a.length - b.length : (a[different] ?? 0) - (b[different] ?? 0)
}
