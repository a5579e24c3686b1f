/** An answer's data with every object's keys and every list in order, so that two systems' answers compare byte by byte. */
export function comparable(text: string): string {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
  return errors === undefined ? JSON.stringify(sorted(data)) : `errors: ${JSON.stringify(errors).slice(0, 300)}`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).toSorted()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
