import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { textLines } from './text-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'text-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))
const linesOf = async (text: string): Promise<string[]> => {
  writeFileSync(join(folder, 'text'), text)
  const lines: string[] = []
  for await (const line of textLines(join(folder, 'text'))) lines.push(line)
  return lines
}

test('only a line feed ends a line, and the last needs none', async () => {
  expect(await linesOf('')).toEqual([])
  expect(await linesOf('một\r\n\n\u2028hai')).toEqual(['một\r', '', '\u2028hai'])
  expect(await linesOf('một\nhai\n')).toEqual(['một', 'hai'])
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).filter((line) => !line.includes('\n'))),
      async (lines) => {
        expect(await linesOf(lines.map((line) => `${line}\n`).join(''))).toEqual(lines)
      },
    ),
    { numRuns: 20 },
  )
})

test('a character or line that lies across two chunks stays whole', async () => {
  const lines = ['ệ'.repeat(500_000), 'x', 'ữ'.repeat(400_001)]
  expect(await linesOf(lines.join('\n'))).toEqual(lines)
})
