import { Client } from 'pg'
import type { ClientConfig } from 'pg'

/** Does `work` on a connection of its own, which is closed whatever comes of it. */
export async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
