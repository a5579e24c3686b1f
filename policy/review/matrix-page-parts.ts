/** Style of the matrix page: readable on paper and in the dark, and by nobody's eye for colour alone. */
export const matrixStyle = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 1rem; }
header p { max-width: 80ch; }
span[lang=en], p[lang=en] { opacity: .8; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding: .25rem 0; }
th, td { border: 1px solid #8886; padding: .25rem .4rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; min-width: 9ch; }
thead th { position: sticky; top: 0; background: Canvas; }
tbody th { min-width: 22ch; }
td:nth-child(6) { min-width: 4ch; }
td:last-child { min-width: 30ch; }
td[data-value] { white-space: nowrap; border-inline-start: .4rem solid #8886; }
.ALLOW td[data-value] { border-inline-start-color: #1a7f37; }
.MASK td[data-value] { border-inline-start: .4rem double #9a6700; }
.VERIFY_ONLY td[data-value], .AGGREGATE_ONLY td[data-value] { border-inline-start: .4rem dotted #0969da; }
.DENY td[data-value] { border-inline-start: .4rem dashed #cf222e; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin-block: 1rem; }
form[hidden] { display: none; }
label { display: grid; }
select, input { font: inherit; padding: .2rem; }
@media print {
  form { display: none; }
  body { margin: 0; font-size: 7pt; }
  th, td, tbody th, td:last-child { min-width: 0; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr { break-inside: avoid; }
  @page { size: A4 landscape; margin: 10mm; }
}`

/** Fills the form with one choice a filtered column and a search box; hides the rows that do not fit. */
export const matrixScript = `
const form = document.getElementById('filters')
const rows = [...document.querySelectorAll('tbody tr')]
const heads = [...document.querySelectorAll('thead th')]
const valueOf = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent
const columns = form.dataset.columns.split(' ').map(Number)
const labelled = (title, control) => {
  const label = document.createElement('label')
  label.append(title, control)
  form.append(label)
  return control
}
const search = labelled('Tìm · Search', document.createElement('input'))
search.type = 'search'
const choices = columns.map((column) => {
  const select = labelled(heads[column].innerText.replace('\\n', ' · '), document.createElement('select'))
  const values = [...new Set(rows.map((row) => valueOf(row, column)))].sort()
  select.append(...['', ...values].map((value) => new Option(value || 'Tất cả · All', value)))
  return select
})
const texts = rows.map((row) => row.textContent.toLowerCase())
form.addEventListener('input', () => {
  const words = search.value.toLowerCase()
  const shown = rows.filter((row, index) => {
    const fits = texts[index].includes(words) && choices.every((select, at) => !select.value || valueOf(row, columns[at]) === select.value)
    row.hidden = !fits
    return fits
  })
  document.getElementById('count').textContent = shown.length
})
form.addEventListener('submit', (event) => event.preventDefault())
form.hidden = false`
