import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** Texts of operations by the SHA-256 of the text, in hexadecimal. */
export type TrustedDocuments = ReadonlyMap<string, string>

/** No document is trusted by its id; all come as text. */
export const noTrustedDocuments: TrustedDocuments = new Map()

/**
 * Reads a manifest of the client code generator: an object of `sha256:<hex>` (or `<hex>`) to text; without a file there
 * are none. Throws for an id that is not the hash of its text: an id must never stand for another operation than the one
 * that was reviewed.
 */
export function loadTrustedDocuments(path: string): TrustedDocuments {
  if (!existsSync(path)) return noTrustedDocuments
  const manifest = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))
  const documents = Object.entries(manifest).map(([id, text]) => [id.replace(/^sha256:/, ''), text] as const)
  const wrong = documents.find(([id, text]) => createHash('sha256').update(text).digest('hex') !== id)
  if (wrong !== undefined) throw new Error(`${path}: ${wrong[0]} is not the SHA-256 of its text`)
  return new Map(documents)
}
