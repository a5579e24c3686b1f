type Answer = {
  data?: unknown
  errors?: { path?: (string | number)[]; extensions?: { code?: string } }[]
  extensions?: { masked?: { path: (string | number)[] }[] }
}

/** An answer's data with every object's keys and every list in order, so that two systems' answers compare byte by byte. */
export function comparable(text: string): string {
  const { data, errors } = JSON.parse(text) as Answer
  return errors === undefined ? JSON.stringify(sorted(data)) : `errors: ${JSON.stringify(errors).slice(0, 300)}`
}

/** The same of an answer that may be refused in part: with which values are refused, why, and which are masked. */
export function comparableWithRefusals(text: string): string {
  const { data, errors = [], extensions } = JSON.parse(text) as Answer
  const refused = errors.map((error) => `${error.path?.join('.')}: ${error.extensions?.code}`).toSorted()
  const masked = extensions?.masked?.map(({ path }) => path.join('.')).toSorted() ?? []
  return JSON.stringify([sorted(data), refused, masked])
}

/** How many values an answer holds, of them masked, and how often it says why something is refused. */
export function countsOf(text: string): { values: number; masked: number; refusals: number } {
  const { data, errors = [], extensions } = JSON.parse(text) as Answer
  return { values: valuesIn(data), masked: extensions?.masked?.length ?? 0, refusals: errors.length }
}

function valuesIn(value: unknown): number {
  if (value === null || value === undefined) return 0
  if (typeof value !== 'object') return 1
  return Object.values(value).reduce<number>((sum, item) => sum + valuesIn(item), 0)
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
