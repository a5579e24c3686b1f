import { readFileSync } from 'node:fs'
import { rowsFromCsv } from '../../synthetic/csv.ts'

/** A row of data/, read by column: the empty cell is null; a column that isn't there throws. */
export type DataRow = { text: (column: string) => string; optional: (column: string) => string | null }

/** The rows of a file of data/ in their order. */
export function readData(file: string): readonly DataRow[] {
  return rowsFromCsv(readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8')).map((row) => {
    const cell = (column: string): string => {
      const value = row[column]
      if (value === undefined) throw new RangeError(`${file} has no column ${column}`)
      return value
    }
    return { text: cell, optional: (column) => cell(column) || null }
  })
}
