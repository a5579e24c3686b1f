import { readRows } from '../../synthetic/read-rows.ts'
import type { DataRow } from '../../synthetic/read-rows.ts'

/** The rows of a file of data/, in their order. */
export const dataRows = (file: string): readonly DataRow[] => readRows(new URL(`data/${file}`, import.meta.url))
