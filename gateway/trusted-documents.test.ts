import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadTrustedDocuments } from './trusted-documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'documents-'))
const path = join(folder, 'documents.json')
afterAll(() => rmSync(folder, { recursive: true }))
const text = '{ me { fullName } }'
const id = createHash('sha256').update(text).digest('hex')

test('a manifest gives texts by the hash of each', () => {
  writeFileSync(path, JSON.stringify({ [`sha256:${id}`]: text }))
  expect([...loadTrustedDocuments(path)]).toEqual([[id, text]])
})
test('an id that stands for another text than its own stops the start', () => {
  writeFileSync(path, JSON.stringify({ [id]: '{ me { ethnicity } }' }))
  expect(() => loadTrustedDocuments(path)).toThrow(`${id} is not the SHA-256 of its text`)
})
test('no manifest, no trusted documents', () => expect(loadTrustedDocuments(join(folder, 'none.json')).size).toBe(0))
