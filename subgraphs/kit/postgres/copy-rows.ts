import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { escapeIdentifier } from 'pg'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** What a cell may hold. An array becomes a `text[]`; a Date is given as its ISO text. */
export type CopyValue = string | number | boolean | null | readonly string[]

/** Characters a chunk gathers before it goes to the socket: large enough that the stream costs nothing. */
const chunkLength = 65_536

/**
 * Loads rows through COPY and gives their number. Reads the iterable no faster than the server takes it, so a million
 * rows need no memory. Runs in the transaction the client is in; when a row is refused, by the server or because a
 * value has no text form, the whole COPY is and the promise rejects.
 */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
  { freeze = false }: { freeze?: boolean } = {},
): Promise<number> {
  const target = table.split('.').map(escapeIdentifier).join('.')
  const sink = client.query(
    copyFrom(
      `copy ${target} (${columns.map(escapeIdentifier).join(', ')}) from stdin${freeze ? ' with (freeze)' : ''}`,
    ),
  )
  await pipeline(Readable.from(chunksFromRows(rows, columns.length)), sink)
  return sink.rowCount
}

function* chunksFromRows(rows: Iterable<readonly CopyValue[]>, width: number): Generator<Buffer> {
  let chunk = ''
  for (const row of rows) {
    if (row.length !== width) throw new RangeError(`a row of ${row.length} values for ${width} columns`)
    for (let index = 0; index < width; index += 1) {
      if (index > 0) chunk += '\t'
      chunk += copyTextFromValue(row[index] ?? null)
    }
    chunk += '\n'
    if (chunk.length >= chunkLength) {
      yield Buffer.from(chunk)
      chunk = ''
    }
  }
  if (chunk !== '') yield Buffer.from(chunk)
}

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * One cell in COPY's text format (PostgreSQL 18, COPY, "Text Format"). Throws on what has no text form there: a number
 * that is not finite, a string with NUL.
 */
export function copyTextFromValue(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('only a finite number can be copied')
    return String(value)
  }
  const text = typeof value === 'string' ? value : arrayLiteral(value)
  // Nearly no cell needs more than this look.
  if (!/[\\\n\r\t\0]/.test(text)) return text
  if (text.includes('\0')) throw new RangeError('PostgreSQL text holds no NUL')
  return text.replace(/[\\\n\r\t]/g, (character) => copyEscapes[character] ?? character)
}

/** An array literal; every element quoted, so that `NULL`, braces, commas and the empty string stay text. */
function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
