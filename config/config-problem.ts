/** The start can't go on: one line for each thing that is wrong, without any secret. */
export type ConfigProblem = Error & { lines: readonly string[] }

/** An error whose message is its lines. */
export function createConfigProblem(lines: readonly string[]): ConfigProblem {
  return Object.assign(new Error(lines.join('\n')), { name: 'ConfigProblem', lines })
}

/** True for an error the start prints without a stack. */
export function isConfigProblem(error: unknown): error is ConfigProblem {
  return error instanceof Error && error.name === 'ConfigProblem' && 'lines' in error
}
