import type { ClientBase } from 'pg'

/** Inserts one row and gives the columns asked back. Table and column names are constants of the source, never input. */
export async function insertRow<Row = Record<string, never>>(
  client: ClientBase,
  table: string,
  columns: Readonly<Record<string, unknown>>,
  returning = '',
): Promise<Row | undefined> {
  const names = Object.keys(columns)
  const places = names.map((_, index) => `$${index + 1}`)
  const back = returning === '' ? '' : ` returning ${returning}`
  const { rows } = await client.query(
    `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})${back}`,
    Object.values(columns),
  )
  return rows[0] as Row | undefined
}
