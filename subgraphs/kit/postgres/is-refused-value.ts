/** True where the server refused what it was given (SQLSTATE 22: data, 23: constraint), not where it could not do it. */
export function isRefusedValue(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^2[23]...$/.test(code)
}
