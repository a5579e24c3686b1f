import type { AccessCell } from './access-matrix.ts'
import { matrixColumns } from './matrix-columns.ts'

/** The matrix as CSV (RFC 4180, one cell a line): a change that widens access shows as a line of a diff. */
export function matrixCsv(cells: readonly AccessCell[]): string {
  const lines = cells.map((cell) => matrixColumns.map((column) => quoted(column.of(cell))).join(','))
  return `${[matrixColumns.map(({ key }) => key).join(','), ...lines].join('\n')}\n`
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
