/**
 * Rows of a CSV text with a header line (RFC 4180: quoted cells, doubled quotes), each as header name -> cell. Throws on
 * a row whose width isn't the header's.
 */
export function rowsFromCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '')
  if (header === undefined) return []
  const names = cellsFromLine(header)
  return lines.map((line) => {
    const cells = cellsFromLine(line)
    if (cells.length !== names.length) throw new RangeError(`${cells.length} cells under ${names.length} headers`)
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

function cellsFromLine(line: string): readonly string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}
