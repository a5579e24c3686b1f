import { Client } from 'pg'
import type { PoolConfig } from 'pg'

/**
 * What a database says to a change: runs it with all deferred checks, undoes it, and gives the constraint that refused.
 * Null when nothing did.
 */
export async function refusal(config: PoolConfig, sql: string): Promise<string | null> {
  const client = new Client(config as ConstructorParameters<typeof Client>[0])
  await client.connect()
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('set constraints all immediate')
    return null
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && typeof error.constraint === 'string') return error.constraint
    throw error
  } finally {
    await client.query('rollback')
    await client.end()
  }
}
