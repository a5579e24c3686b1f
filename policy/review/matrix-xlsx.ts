import writeXlsxFile from 'write-excel-file/node'
import type { AccessCell } from './access-matrix.ts'
import { matrixColumns } from './matrix-columns.ts'

/** The matrix as a spreadsheet (ECMA-376). Every cell is typed as text: nothing in it can become a formula. */
export function matrixXlsx(cells: readonly AccessCell[]): Promise<Buffer> {
  const head = matrixColumns.map(({ vi, en }) => ({
    ...asText(`${vi} · ${en}`),
    fontWeight: 'bold' as const,
    wrap: true,
  }))
  const rows = cells.map((cell) => matrixColumns.map((column) => asText(column.of(cell))))
  return writeXlsxFile([head, ...rows], {
    sheet: 'Access',
    columns: matrixColumns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
  }).toBuffer()
}

const asText = (value: string) => ({ type: String, value })
