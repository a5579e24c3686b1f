import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

/** The statements of one request on one database. */
export type Session = {
  /** Rows of a parameterised statement, all from one snapshot. Rejects when the database can't be read. */
  rows: <T>(text: string, values: readonly unknown[]) => Promise<T[]>
  /** Ends the snapshot and gives the connection back; a later statement sees a newer one. Never rejects. */
  close: () => Promise<void>
  /**
   * Closes for good: a statement asked for later is refused. A request can be over while some of its fields still ask,
   * for a null where none may be ends the execution of the others' parent. Never rejects.
   */
  end: () => Promise<void>
}

/**
 * Reads of one request in one REPEATABLE READ snapshot, so that what was read to decide and what is then read belong
 * together (design I3). The connection is taken at the first statement.
 */
export function createSession(pool: Pool): Session {
  let opening: Promise<PoolClient> | null = null
  let failed: Error | undefined
  let isOver = false
  const open = async (): Promise<PoolClient> => {
    const client = await pool.connect()
    await client.query('begin isolation level repeatable read read only').catch((error: Error) => {
      client.release(error)
      throw error
    })
    return client
  }
  // A connection runs one statement at a time: the next waits for the one before it.
  let previous: Promise<unknown> = Promise.resolve()
  const run = async <T>(text: string, values: readonly unknown[]): Promise<T[]> => {
    if (isOver) throw new Error('the request is over')
    opening ??= open()
    try {
      const result = await (await opening).query({ name: statementName(text), text, values: [...values] })
      return result.rows as T[]
    } catch (error) {
      failed = error instanceof Error ? error : new Error('the database could not be read')
      throw failed
    }
  }
  const close = async (): Promise<void> => {
    // What is under way still uses the connection; what waits its turn is refused, or opens a newer snapshot.
    await previous
    if (opening === null) return
    const client = await opening.catch(() => null)
    opening = null
    if (client === null) return
    // A connection that failed is not given back in an unknown state.
    if (failed !== undefined) return client.release(failed)
    await client.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
  return {
    rows: <T>(text: string, values: readonly unknown[]): Promise<T[]> => {
      const rows = previous.then(() => run<T>(text, values))
      previous = rows.catch(() => undefined)
      return rows
    },
    close,
    end: async () => {
      isOver = true
      await close()
    },
  }
}

const names = new Map<string, string>()

/** The same text has the same name, so a connection plans it once. Texts are constants of the source: few. */
export function statementName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}
