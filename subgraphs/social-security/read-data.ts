import { readRows } from '../../synthetic/read-rows.ts'
import type { DataRow } from '../../synthetic/read-rows.ts'

/** The rows of a file of data/ in their order. */
export function readData(file: string): readonly DataRow[] {
  return readRows(new URL(`data/${file}`, import.meta.url))
}
