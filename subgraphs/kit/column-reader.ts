import DataLoader from 'dataloader'
import type { Session } from './session.ts'
import { readColumns } from './statements.ts'
import type { Row, Table } from './types.ts'

type Cell = { key: string; sql: string }

/** Reads single cells of one request; all cells of one table in one tick come in one statement. */
export function createColumnReader(session: Session): (row: Row, sql: string) => Promise<unknown> {
  const loaders = new Map<string, DataLoader<Cell, unknown, string>>()
  return (row, sql) => {
    const { table } = row
    // Nested types share table and key with the row they lie in: their cells travel together.
    const id = `${table.from} ${table.key}`
    const loader = loaders.get(id) ?? cellLoader(session, table)
    loaders.set(id, loader)
    return loader.load({ key: row.key, sql })
  }
}

function cellLoader(session: Session, table: Table): DataLoader<Cell, unknown, string> {
  const load = async (cells: readonly Cell[]): Promise<unknown[]> => {
    const expressions = [...new Set(cells.map((cell) => cell.sql))].toSorted()
    const position = new Map(expressions.map((sql, bit) => [sql, bit]))
    const bits = new Map<string, number>()
    // Sums of distinct powers of two: DataLoader never gives a cell twice.
    for (const { key, sql } of cells) bits.set(key, (bits.get(key) ?? 0) + 2 ** (position.get(sql) ?? 0))
    const found = await session.rows<Record<string, unknown>>(readColumns(table, expressions), [
      [...bits.keys()],
      [...bits.values()],
    ])
    const rows = new Map(found.map((row) => [row['key'], row]))
    return cells.map(({ key, sql }) => rows.get(key)?.[`c${position.get(sql)}`] ?? null)
  }
  return new DataLoader(load, { cacheKeyFn: ({ key, sql }) => `${key} ${sql}`, maxBatchSize: 20_000 })
}
