import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { createConfigProblem } from './config-problem.ts'

/**
 * A secret that is made once and kept in a file its owner alone can read (0600, in a folder 0700). Two processes that
 * start at once agree on one. Throws a ConfigProblem when the file is damaged or open to others: a key is never
 * replaced behind the operator's back, for what it sealed or signed would be lost.
 */
export function keptText<T>(path: string, make: () => string, read: (text: string) => T | null): T {
  const text = textIfThere(path) ?? madeText(path, make())
  if ((statSync(path).mode & 0o077) !== 0)
    throw createConfigProblem([`${path}: others can read this key; chmod 600 it`])
  const value = read(text)
  if (value === null) throw createConfigProblem([`${path}: this key is damaged; restore it from a copy`])
  return value
}

/** The text of a file, or null where there is none. */
export function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written whole under another name first, then linked: the name never shows half a key, and the first one wins. */
function madeText(path: string, text: string): string {
  mkdirSync(dirname(dirname(path)), { recursive: true })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
  return readFileSync(path, 'utf8')
}
