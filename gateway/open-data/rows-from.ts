import type { Cell } from './csv-text.ts'

/** One row: column -> value. */
export type FlatRow = Readonly<Record<string, Cell>>

/**
 * Flattens one object of an answer: objects become columns with a dot, a list of objects one row each beside the rest. An
 * empty list leaves one row with its columns missing; null leaves them missing as well.
 */
export function rowsFrom(item: Readonly<Record<string, unknown>>, prefix = ''): FlatRow[] {
  return Object.entries(item).reduce<FlatRow[]>(
    (rows, [name, value]) => {
      const parts = partsOf(value, `${prefix}${name}`)
      return rows.flatMap((row) => parts.map((part) => ({ ...row, ...part })))
    },
    [{}],
  )
}

function partsOf(value: unknown, column: string): FlatRow[] {
  if (isObject(value)) return rowsFrom(value, `${column}.`)
  if (!Array.isArray(value) || !value.some(isObject)) return [{ [column]: value as Cell }]
  return value.filter(isObject).flatMap((item) => rowsFrom(item, `${column}.`))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
