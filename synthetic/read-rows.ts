import { readFileSync } from 'node:fs'
import { rowsFromCsv } from './csv.ts'

/** A row of a CSV file, read by column. A column that isn't there throws. */
export type DataRow = {
  text: (column: string) => string
  /** Null for the empty cell. */
  optional: (column: string) => string | null
  number: (column: string) => number
  optionalNumber: (column: string) => number | null
}

/** The rows of a CSV file with a header line, in their order. */
export function readRows(file: URL): readonly DataRow[] {
  return rowsFromCsv(readFileSync(file, 'utf8')).map((row) => {
    const text = (column: string): string => {
      const value = row[column]
      if (value === undefined) throw new RangeError(`${file.pathname.split('/').at(-1)} has no column ${column}`)
      return value
    }
    const optional = (column: string) => text(column) || null
    return {
      text,
      optional,
      number: (column) => Number(text(column)),
      optionalNumber: (column) => (optional(column) === null ? null : Number(text(column))),
    }
  })
}
