import { formats, type Format } from './create-shelf.ts'

const names: Readonly<Record<Format, string>> = { csv: 'text/csv', json: 'application/json' }

/**
 * The format an `Accept` header wants most (RFC 9110 §12.5.1); JSON where it does not say or wants both alike, null where
 * it takes neither.
 */
export function formatAccepted(accept: string | undefined): Format | null {
  if (accept === undefined || accept.trim() === '') return 'json'
  const ranges = accept.split(',').map(rangeFrom)
  const wanted = (format: Format): number => {
    const fitting = ranges.filter(({ range }) => covers(range, names[format]))
    // The most exact range speaks: */* says nothing where text/csv stands beside it.
    return fitting.toSorted((one, other) => exactness(other.range) - exactness(one.range))[0]?.weight ?? 0
  }
  const [first] = formats.toSorted((one, other) => wanted(other) - wanted(one) || (one === 'json' ? -1 : 1))
  return first !== undefined && wanted(first) > 0 ? first : null
}

function rangeFrom(text: string): { range: string; weight: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = Number(/^q=([\d.]+)$/.exec(parameters.find((one) => one.startsWith('q=')) ?? 'q=1')?.[1] ?? 0)
  return { range, weight: Number.isFinite(weight) ? weight : 0 }
}

const covers = (range: string, name: string): boolean =>
  range === '*/*' || range === name || (range.endsWith('/*') && name.startsWith(range.slice(0, -1)))
const exactness = (range: string): number => (range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2)
