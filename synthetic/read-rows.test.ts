import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRows } from './read-rows.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'read-rows-'))))
afterAll(() => rm(folder, { recursive: true }))

const written = async (text: string): Promise<URL> => {
  const path = join(folder, 'codes.csv')
  await writeFile(path, text)
  return pathToFileURL(path)
}

test('a row is read by column: text, number, and null for the empty cell', async () => {
  const [row] = readRows(await written('code,share,note\nI10,0.5,\n'))
  expect([row?.text('code'), row?.number('share')]).toEqual(['I10', 0.5])
  expect([row?.optional('note'), row?.optionalNumber('note')]).toEqual([null, null])
})

test('a column that is not there is refused by name, not read as empty', async () => {
  const [row] = readRows(await written('code\nI10\n'))
  expect(() => row?.text('name')).toThrow('codes.csv has no column name')
})
