import type { AccessCell } from '../../policy/review/access-matrix.ts'

/** One cell of the matrix for a terminal: the way, then its conditions in both languages. */
export function cellText({ coordinate, caller, outcome, level, rule, citation, conditions }: AccessCell): string {
  return `${coordinate}  ${caller}  ${outcome}  ${level}  ${rule}\n    ${conditions.en || 'unconditionally'} (${citation})\n    ${conditions.vi || 'không điều kiện'}\n`
}
