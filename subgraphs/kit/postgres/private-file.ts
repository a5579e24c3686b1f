import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The text of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Writes a file that only its owner reads (0600, its folder 0700), whole or not at all, durable when it resolves. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await rename(await writeDraft(path, text), path)
}

/** A secret of 256 random bits, made once and kept in a private file; of two that make it at once, one wins. */
export async function keptSecret(path: string): Promise<string> {
  const kept = await readIfThere(path)
  if (kept !== null) return kept.trim()
  const draft = await writeDraft(path, `${newSecret()}\n`)
  try {
    await link(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return (await readFile(path, 'utf8')).trim()
}

async function writeDraft(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

/** 256 random bits as text that needs no quoting in a URL, a shell or SQL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** True for the error of a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
