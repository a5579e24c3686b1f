import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { escapeIdentifier } from 'pg'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { createCopyText } from './copy-text.ts'
import type { CopyValue } from './copy-text.ts'

export type { CopyValue } from './copy-text.ts'

export type CopyOptions = {
  /** Rows written as if they were old, for a table that this transaction made or emptied: nobody need touch them again. */
  freeze?: boolean
}

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
): Promise<number> {
  return copyText(client, table, columns, chunksFromRows(rows, columns.length))
}

/** The same for rows that are text already, from `createCopyText`. */
export async function copyText(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  chunks: Iterable<Buffer>,
  { freeze = false }: CopyOptions = {},
): Promise<number> {
  const target = table.split('.').map(escapeIdentifier).join('.')
  const list = columns.map(escapeIdentifier).join(', ')
  const sink = client.query(copyFrom(`copy ${target} (${list}) from stdin${freeze ? ' with (freeze)' : ''}`))
  await pipeline(Readable.from(chunks), sink)
  return sink.rowCount
}

function* chunksFromRows(rows: Iterable<readonly CopyValue[]>, width: number): Generator<Buffer> {
  const text = createCopyText(width)
  for (const row of rows) {
    if (text.add(row)) yield* text.take()
  }
  yield* text.take()
}
