/** The rows whose `prefix` is the longest that a code begins with; none where no prefix fits. */
export function rowsByPrefix<T extends { prefix: string }>(rows: readonly T[]): (code: string) => readonly T[] {
  const byPrefix = Map.groupBy(rows, (row) => row.prefix)
  const longest = Math.max(...rows.map((row) => row.prefix.length))
  const known = new Map<string, readonly T[]>()
  return (code) => {
    const before = known.get(code)
    if (before !== undefined) return before
    let found: readonly T[] = []
    for (let length = longest; length > 0 && found.length === 0; length--)
      found = byPrefix.get(code.slice(0, length)) ?? []
    known.set(code, found)
    return found
  }
}
