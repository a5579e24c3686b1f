import type { ClientBase } from 'pg'
import { copyText } from './copy-rows.ts'
import type { CopyOptions } from './copy-rows.ts'
import { createCopyText } from './copy-text.ts'
import type { CopyText, CopyValue } from './copy-text.ts'

/** Rows of several tables gathered while a population is walked once. */
export type CopyBatches<Name extends string> = {
  add: (table: Name, row: readonly CopyValue[]) => void
  /** Loads what was gathered once it is enough for a batch: call it between people. */
  settle: () => Promise<void>
  /** Loads what is left. */
  finish: () => Promise<void>
}

/** So many rows fill a batch: a few megabytes, whatever the size of the population. */
const batchRows = 20_000

/**
 * Loads tables side by side through COPY, a batch at a time and each time in the order they are named (parents before
 * children), so that a million people need no more memory than a thousand.
 */
export function createCopyBatches<Name extends string>(
  client: ClientBase,
  tables: Readonly<Record<Name, readonly string[]>>,
  { limit = batchRows, freeze = false }: CopyOptions & { limit?: number } = {},
): CopyBatches<Name> {
  const names = Object.keys(tables) as Name[]
  const texts = new Map<Name, CopyText>(names.map((name) => [name, createCopyText(tables[name].length)]))
  let count = 0

  const finish = async (): Promise<void> => {
    for (const name of names) {
      const chunks = texts.get(name)?.take() ?? []
      if (chunks.length > 0) await copyText(client, name, tables[name], chunks, { freeze })
    }
    count = 0
  }
  return {
    add: (table, row) => {
      texts.get(table)?.add(row)
      count += 1
    },
    settle: async () => {
      if (count >= limit) await finish()
    },
    finish,
  }
}
