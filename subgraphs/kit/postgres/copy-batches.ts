import type { ClientBase } from 'pg'
import { copyRows } from './copy-rows.ts'
import type { CopyValue } from './copy-rows.ts'

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
  { limit = batchRows, freeze = false }: { limit?: number; freeze?: boolean } = {},
): CopyBatches<Name> {
  const names = Object.keys(tables) as Name[]
  const gathered = new Map<Name, (readonly CopyValue[])[]>(names.map((name) => [name, []]))
  let count = 0

  const finish = async (): Promise<void> => {
    for (const name of names) {
      const rows = gathered.get(name) ?? []
      if (rows.length === 0) continue
      gathered.set(name, [])
      await copyRows(client, name, tables[name], rows, { freeze })
    }
    count = 0
  }
  return {
    add: (table, row) => {
      gathered.get(table)?.push(row)
      count += 1
    },
    settle: async () => {
      if (count >= limit) await finish()
    },
    finish,
  }
}
