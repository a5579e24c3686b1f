import type { ClientBase } from 'pg'
import { logUnavailable } from './log-unavailable.ts'

/**
 * Refuses a session whose commit does not mean that the record survives a crash: `fsync` or `full_page_writes` off, or
 * `synchronous_commit` weaker than `on` (which also waits for a synchronous standby where one is configured). Rejects
 * with LOG_UNAVAILABLE naming the setting. The append function of the database looks again at every call.
 */
export async function assertDurableSession(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
  )
  if (rows.length !== 3) throw logUnavailable('the server does not say whether it is durable')
  for (const { name, setting } of rows) {
    const isStrong = setting === 'on' || (name === 'synchronous_commit' && setting === 'remote_apply')
    if (!isStrong) throw logUnavailable(`the server's ${name} is ${setting}: a record would not be durable`)
  }
}
