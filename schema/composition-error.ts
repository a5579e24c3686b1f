import type { Problem } from '../policy/classification/types.ts'

/** Says why a schema isn't composed: one line a problem, each with its coordinate. */
export function compositionError(problems: readonly Problem[]): Error {
  const lines = problems.map(({ coordinate, reason }) => `  ${coordinate}: ${reason}`)
  const error = new Error([`The schema does not compose (${lines.length}):`, ...lines].join('\n'))
  error.name = 'CompositionError'
  return error
}
