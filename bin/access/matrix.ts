import { Command } from 'commander'
import { matrixCsv } from '../../policy/review/matrix-csv.ts'
import type { ReviewTools } from './review-tools.ts'

/** `matrix`: every way to every field. */
export function createMatrix({ cells, print }: ReviewTools): Command {
  return new Command('matrix')
    .description('every way to every field, as CSV or JSON')
    .option('--json')
    .action(({ json }: { json?: boolean }) => print(json, cells(), () => matrixCsv(cells())))
}
