/**
 * The domain a coordinate belongs to where several resolve it: the one that resolves most fields of its type, then the
 * first by name. (A stub of a foreign entity resolves its key and little else.)
 */
export function homeOf(domains: readonly string[], fieldsOf: (domain: string) => number): string {
  const [home] = domains.toSorted((one, other) => fieldsOf(other) - fieldsOf(one) || (one < other ? -1 : 1))
  if (home === undefined) throw new Error('no domain resolves this field')
  return home
}
