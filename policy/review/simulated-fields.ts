import { isIncluded } from '../operation/is-included.ts'
import type { ShapeField } from '../operation/shape.ts'
import type { Decision } from '../types.ts'

/** What would happen to one field of an operation: sent to its database, refused before, or answered with a stub. */
export type SimulatedField = {
  path: string
  coordinate: string
  fate: 'SENT' | 'REFUSED' | 'STUB'
} & Pick<Decision, 'outcome' | 'conditional' | 'level' | 'rule' | 'citation' | 'proposal' | 'code'>

/** Every field that is asked for, in the order of the query; below a refused one there is nothing. */
export function simulatedFields(
  shape: readonly ShapeField[],
  decide: (coordinate: string) => Decision,
  variables: Readonly<Record<string, unknown>>,
  path = '',
): SimulatedField[] {
  return shape
    .filter(({ coordinate, conditions }) => !coordinate.includes('.__') && isIncluded(conditions, variables))
    .flatMap(({ key, on, coordinate, cut, isStub, children }) => {
      const at = `${path}${on === null ? '' : `(${on})`}${key}`
      const { outcome, conditional, level, rule, citation, proposal, code } = cut ?? decide(coordinate)
      const fate = cut !== null ? 'REFUSED' : isStub ? 'STUB' : 'SENT'
      return [
        { path: at, coordinate, fate, outcome, conditional, level, rule, citation, proposal, code },
        ...simulatedFields(children, decide, variables, `${at}.`),
      ] as const
    })
}
