/** A value of a cell: what the graph gives a scalar or enum as, or a list of such. */
export type Cell = string | number | boolean | null | readonly Cell[]

/**
 * A table as CSV that a spreadsheet opens as it is: RFC 4180 (CRLF, quotes doubled), UTF-8 with the mark Excel knows it
 * by (U+FEFF). No cell can become a formula.
 */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[columns, ...rows].map((cells) => cells.map(cellText).join(',')).join('\r\n')}\r\n`
}

/** One cell. Numbers and truth values are themselves: they can't begin a formula. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = harmless(typeof cell === 'string' ? cell : cell.map(partText).join(' | '))
  return /[",;\s|']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const partText = (part: Cell): string => (Array.isArray(part) ? part.map(partText).join(' ') : String(part ?? ''))

/**
 * Where a cell may begin: at the start, or after what a spreadsheet of another locale takes as the end of a cell or line;
 * spaces, quotes and invisible characters before the sign don't help.
 */
const formula = /(^|[;\t\r\n])([\s"'\p{Cc}\p{Cf}]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu

/**
 * The same text with an apostrophe before every sign that would begin a formula, so that it is shown and not computed
 * (CWE-1236). A tab, a line's end or a null at the start is a formula's beginning to some: it goes the same way.
 */
function harmless(text: string): string {
  const shown = text.replaceAll(formula, "$1$2'")
  return /^[\t\r\n\0]/.test(shown) ? `'${shown}` : shown
}
