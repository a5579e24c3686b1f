import type { ClientBase, Pool } from 'pg'

/** How far the log is written, ordered and covered by the newest signed head. */
export type LogWindow = { written: number; sequenced: number; headSize: number; headAt: Date | null }

type WindowRow = { written: string; sequenced: string; head_size: string; head_at: Date | string | null }

/** Asks the oversight database, as its writer or its reader. */
export async function readLogWindow(client: ClientBase | Pool): Promise<LogWindow> {
  const { rows } = await client.query<WindowRow>({ name: 'log-window', text: 'select * from log_window()' })
  const [row] = rows
  if (row === undefined) throw new Error('the log tells nothing of itself')
  const headAt = row.head_at === null ? null : new Date(row.head_at)
  return { written: Number(row.written), sequenced: Number(row.sequenced), headSize: Number(row.head_size), headAt }
}
