import type { AccessCell } from './access-matrix.ts'
import { matrixColumns } from './matrix-columns.ts'
import { matrixScript, matrixStyle } from './matrix-page-parts.ts'

/** What the page says of its own origin. */
export type MatrixOrigin = { bundleHash: string; schemaHash: string }

/** Said in a sign and in words besides the colour. */
const signs: Readonly<Record<AccessCell['outcome'], string>> = {
  ALLOW: '●',
  MASK: '◐',
  VERIFY_ONLY: '✓',
  AGGREGATE_ONLY: 'Σ',
  DENY: '✕',
}
/** Columns a reader may want to choose from, where script is on. */
const filtered = ['purpose', 'kind', 'level', 'outcome', 'rule']
/** Both texts stand in one column. */
const shown = matrixColumns.filter(({ key }) => key !== 'conditions_en' && key !== 'proposal')

/**
 * The matrix as one self-contained HTML page: a table that reads and prints without script, in both languages; with script
 * it filters. Asks no network for anything. Deterministic.
 */
export function matrixHtml(cells: readonly AccessCell[], { bundleHash, schemaHash }: MatrixOrigin): string {
  const heads = shown.map(
    ({ vi, en }) => `<th scope="col">${escaped(vi)}<br><span lang="en">${escaped(en)}</span></th>`,
  )
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ma trận truy cập · Access matrix</title>
<style>${matrixStyle}</style>
</head>
<body>
<header>
<h1>Ma trận truy cập <span lang="en">· Access matrix</span></h1>
<p>Ai được đọc trường nào, cho mục đích nào, với điều kiện và căn cứ nào. Không có dòng nào nghĩa là bị từ chối. Dữ liệu mở (L0) không liệt kê: ai cũng đọc được.</p>
<p lang="en">Who may read which field, for which purpose, under which condition and law. What stands in no row is refused. Open data (L0) is left out: everybody may read it.</p>
<p>Quy tắc <span lang="en">· Rules</span> <code>${escaped(bundleHash)}</code><br>Lược đồ <span lang="en">· Schema</span> <code>${escaped(schemaHash)}</code></p>
</header>
<form id="filters" hidden data-columns="${filtered.map((key) => shown.findIndex((column) => column.key === key)).join(' ')}" aria-label="Bộ lọc · Filters"></form>
<main>
<table>
<caption><span id="count">${cells.length}</span> dòng <span lang="en">· rows</span></caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${cells.map(row).join('\n')}
</tbody>
</table>
</main>
<script>${matrixScript}</script>
</body>
</html>
`
}

function row(cell: AccessCell): string {
  const columns = shown.map((column) => {
    const value = escaped(column.of(cell))
    if (column.key === 'coordinate') return `<th scope="row">${value}</th>`
    if (column.key === 'outcome') return `<td data-value="${value}">${signs[cell.outcome]} ${value}</td>`
    if (column.key === 'citation')
      return `<td>${value}${cell.proposal ? ' <em>(đề xuất <span lang="en">· proposal</span>)</em>' : ''}</td>`
    if (column.key === 'conditions_vi')
      return `<td>${value || 'không điều kiện'}<br><span lang="en">${escaped(cell.conditions.en) || 'unconditionally'}</span></td>`
    return `<td>${value}</td>`
  })
  return `<tr class="${cell.outcome} ${cell.level}">${columns.join('')}</tr>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
