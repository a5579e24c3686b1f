import type { AccessCell } from '../../policy/review/access-matrix.ts'
import type { GraphPath } from '../../policy/review/graph-paths.ts'

/** One cell of the matrix for a terminal: the way, then its conditions in both languages. */
export function cellText({
  coordinate,
  caller,
  outcome,
  level,
  rule,
  citation,
  proposal,
  conditions,
}: AccessCell): string {
  const law = `${citation}${proposal ? ', đề xuất · proposal' : ''}`
  return `${coordinate}  ${caller}  ${outcome}  ${level}  ${rule}\n    ${conditions.en || 'unconditionally'} (${law})\n    ${conditions.vi || 'không điều kiện'}\n`
}

/** Ways through the graph, one a line. */
export function pathsText(paths: readonly GraphPath[]): string {
  return paths.map((path) => `    -> ${path.join(' > ')}\n`).join('')
}
