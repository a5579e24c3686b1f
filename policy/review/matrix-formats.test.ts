import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { AccessCell } from './access-matrix.ts'
import { matrixCsv } from './matrix-csv.ts'
import { matrixHtml } from './matrix-html.ts'
import { matrixXlsx } from './matrix-xlsx.ts'

const cell: AccessCell = {
  coordinate: 'Citizen.ethnicity',
  caller: 'CREDIT_ASSESSMENT SYSTEM PRIVATE',
  purpose: 'CREDIT_ASSESSMENT',
  kind: 'SYSTEM',
  organisationKind: 'PRIVATE',
  role: null,
  level: 'L3',
  outcome: 'ALLOW',
  rule: 'consent-sensitive',
  basis: 'CONSENT',
  citation: '=HYPERLINK("http://x", "1"), Điều 6',
  proposal: true,
  conditions: { vi: 'có sự đồng ý <b>', en: 'a live consent' },
  requires: { consent: true },
}
const origin = { bundleHash: 'b', schemaHash: 's' }

test('a comma or a quote in a cell stays within its column', () => {
  expect(matrixCsv([cell]).split('\n')[1]).toContain(',"=HYPERLINK(""http://x"", ""1""), Điều 6",')
})

test('the page writes text as text, says a proposal, and names outcomes besides their colour', () => {
  const page = matrixHtml([cell], origin)
  expect(page).toContain('có sự đồng ý &lt;b&gt;')
  expect(page).toContain('(đề xuất <span lang="en">· proposal</span>)')
  expect(page).toContain('● ALLOW')
})

test('the page asks no network for anything', () => {
  expect(matrixHtml([cell], origin)).not.toMatch(/(src|href)=|@import|url\(|fetch\(/)
})

test('a spreadsheet holds text and never a formula', async () => {
  const sheet = unzipped(await matrixXlsx([cell]), 'xl/worksheets/sheet1.xml')
  expect(sheet).not.toMatch(/<f[ >]/)
  const typed = sheet.match(/<c [^>]*>/g) ?? []
  expect(typed.length).toBeGreaterThan(20)
  expect(typed.filter((tag) => !/ t="(s|inlineStr)"/.test(tag))).toEqual([])
})

/** One file of a ZIP archive, by its local header (APPNOTE 4.3.7). */
function unzipped(archive: Buffer, name: string): string {
  const at = archive.indexOf(name) - 30
  const method = archive.readUInt16LE(at + 8)
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28)
  const next = archive.indexOf('PK\u0001\u0002', start)
  const data = archive.subarray(start, start + (archive.readUInt32LE(at + 18) || next - start))
  return (method === 0 ? data : inflateRawSync(data, { finishFlush: 2 })).toString('utf8')
}
