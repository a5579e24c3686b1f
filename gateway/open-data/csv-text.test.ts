import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellText, csvText } from './csv-text.ts'

/** Reads RFC 4180 as a spreadsheet whose list separator is `separator` does: a quote counts at a cell's start alone. */
function cellsOf(text: string, separator = ','): string[][] {
  const rows: string[][] = [['']]
  let isQuoted = false
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n$/, '')
  for (let at = 0; at < body.length; at += 1) {
    const row = rows.at(-1) ?? []
    const cell = row.at(-1) ?? ''
    const mark = body[at] ?? ''
    const isAtStart = at === 0 || body[at - 1] === separator || body[at - 1] === '\n' || body[at - 1] === '\r'
    if (isQuoted && mark === '"' && body[at + 1] === '"') {
      row[row.length - 1] = `${cell}"`
      at += 1
    } else if (isQuoted && mark === '"') isQuoted = false
    else if (!isQuoted && mark === '"' && cell === '' && isAtStart) isQuoted = true
    else if (!isQuoted && mark === separator) row.push('')
    else if (!isQuoted && (mark === '\r' || mark === '\n')) {
      if (mark === '\r' && body[at + 1] === '\n') at += 1
      rows.push([''])
    } else row[row.length - 1] = cell + mark
  }
  return rows
}

const isFormula = (cell: string): boolean => /^[\s"\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell)

describe('csvText', () => {
  test('is UTF-8 that Excel knows, with CRLF and doubled quotes', () => {
    expect(
      csvText(
        ['code', 'name'],
        [
          ['01', 'Hà Nội'],
          ['', 'a "b", c'],
          [null, 'dòng\nhai'],
        ],
      ),
    ).toBe('\uFEFFcode,name\r\n01,"Hà Nội"\r\n,"a ""b"", c"\r\n,"dòng\nhai"\r\n')
  })

  test.each([
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00A0=1',
    '"=1"',
    '\0=1',
    '\u200B=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    'a;=1',
    'a\t=1',
    'a\n=1',
    'a;"=1',
    '\tx',
    '\rx',
  ])('%j is text, not a formula', (text) => {
    for (const separator of [',', ';', '\t'])
      for (const cell of cellsOf(csvText(['a', 'b'], [['x', text]]), separator).flat()) {
        expect(isFormula(cell), JSON.stringify(cell)).toBe(false)
        expect(cell).not.toMatch(/^[\t\r\0]/)
      }
  })

  test('numbers stay numbers, below zero too', () => {
    expect([-5, 0.25, true, null].map((cell) => cellText(cell))).toEqual(['-5', '0.25', 'true', ''])
  })

  test('a list is one cell', () => expect(cellText(['Kinh', 'Việt'])).toBe('"Kinh | Việt"'))

  test('ordinary text comes back as it went in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ordinary, ordinary), { minLength: 1 }), (rows) => {
        expect(cellsOf(csvText(['a', 'b'], rows)).slice(1)).toEqual(rows)
      }),
    )
  })

  test('whatever the text, no cell begins a formula, wherever a spreadsheet cuts', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '＝', '"', "'", ',', ';', '\t', '\r', '\n', ' ', '\u200B', 'a'),
    })
    fc.assert(
      fc.property(nasty, nasty, fc.constantFrom(',', ';', '\t'), (one, other, separator) => {
        const cells = cellsOf(csvText(['a', 'b'], [['x' + one, other]]), separator).flat()
        expect(cells.filter(isFormula)).toEqual([])
      }),
    )
  })
})

const ordinary = fc
  .string({ unit: fc.constantFrom('Đ', 'ấ', 'a', '1', ' ', ',', '"', "'", ';', '(', '-') })
  .filter((text) => !/(^|;)[\s"']*-/.test(text))
