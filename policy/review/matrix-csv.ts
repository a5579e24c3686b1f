import type { AccessCell } from './access-matrix.ts'

const columns = [
  'coordinate',
  'caller',
  'level',
  'outcome',
  'rule',
  'basis',
  'citation',
  'proposal',
  'conditions_vi',
  'conditions_en',
] as const

/** The matrix as CSV (RFC 4180, one cell a line): a change that widens access shows as a line of a diff. */
export function matrixCsv(cells: readonly AccessCell[]): string {
  const lines = cells.map((cell) => {
    const values: Record<(typeof columns)[number], string> = {
      ...cell,
      proposal: cell.proposal ? 'proposal' : '',
      conditions_vi: cell.conditions.vi,
      conditions_en: cell.conditions.en,
    }
    return columns.map((column) => quoted(values[column])).join(',')
  })
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
