import type { ClientBase } from 'pg'

/** Commits what `work` did, or rolls all of it back and rejects with its error. */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    // The first error is the one to tell, also when the connection is gone.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
