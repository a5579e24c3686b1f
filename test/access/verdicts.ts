import type { Answer } from '../support/whole-graph.ts'

/** What one object of an answer says field by field: the value, or the code it was refused with. */
export type Verdicts = { id: string; type: string; path: string; fields: Readonly<Record<string, string>> }

/** Every object with a sealed id in an answer, with a verdict on each of its fields. */
export function verdictsIn({ body }: Answer): Verdicts[] {
  const codes = new Map(
    (body.errors ?? []).map(({ path = [], extensions }) => [path.join('.'), String(extensions?.['code'])]),
  )
  const found: Verdicts[] = []
  walk(body.data, '')
  return found

  function walk(value: unknown, path: string): void {
    if (Array.isArray(value)) return value.forEach((item, index) => walk(item, `${path}.${index}`))
    if (typeof value !== 'object' || value === null) return
    const { __typename: type, id, ...fields } = value as Record<string, unknown>
    for (const [key, item] of Object.entries(fields)) walk(item, `${path}.${key}`)
    if (typeof type !== 'string' || typeof id !== 'string') return
    const verdict = ([key, item]: [string, unknown]) => [
      key,
      codes.get(`${path}.${key}`.slice(1)) ?? JSON.stringify(item),
    ]
    found.push({ id, type, path: path.slice(1), fields: Object.fromEntries(Object.entries(fields).map(verdict)) })
  }
}
