import { expect, it } from 'vitest'
import { rowsFromCsv } from './csv.ts'

it('reads quoted, doubled and empty cells, and refuses a row of another width', () => {
  expect(rowsFromCsv('a,b,c\n,"x, ""y""",\n')).toEqual([{ a: '', b: 'x, "y"', c: '' }])
  expect(() => rowsFromCsv('a,b\n1\n')).toThrow(RangeError)
})
