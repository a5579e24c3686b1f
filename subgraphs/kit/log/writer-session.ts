import type { Pool, PoolClient } from 'pg'
import type { Keys } from '../types.ts'
import { assertDurableSession } from './durable-session.ts'
import { logUnavailable } from './log-unavailable.ts'
import type { SignedRecord } from './sign-record.ts'

/** A connection on which one writer appends; `lastCounter` is what the database held when it was opened. */
export type WriterSession = {
  lastCounter: number
  /** One statement, one commit. Rejects with what the server or the connection said. */
  append: (records: readonly SignedRecord[]) => Promise<unknown>
  /** Keeps texts under their SHA-256, each once and for ever. */
  archive: (texts: readonly string[]) => Promise<unknown>
  /**
   * Wakes the sequencer, soon, or a little later where it was woken just now; an append waits for it. Not part of an
   * append's transaction: commits that notify wait for each other, and this one has nothing to flush. Never rejects: the
   * sequencer polls as well.
   */
  announce: () => void
  release: () => void
  /** Closes the connection, also when a statement still runs on it. */
  destroy: () => void
}

export type WriterIdentity = { name: string; keys: Keys['signing'] }

/** Where the sequencer listens. */
export const committedChannel = 'oversight_committed'

/** From one announcement to the next: the tree has a new head once a second at most. */
const announceMs = 250

/**
 * Opens a session after making sure that it is durable. Reading the last counter waits for a transaction of the same
 * writer that may still be under way on a lost connection, so afterwards the outcome of every earlier append is known.
 * Rejects when any of this fails or takes longer than `timeoutMs`.
 */
export async function openWriterSession(pool: Pool, writer: WriterIdentity, timeoutMs: number): Promise<WriterSession> {
  const client = await connectWithin(pool, timeoutMs)
  let next: NodeJS.Timeout | undefined
  let announcedAt = -announceMs
  const destroy = (): void => {
    clearTimeout(next)
    client.release(true)
  }
  // Without a listener a connection that dies between two statements would end the process; the next append sees it.
  client.on('error', () => undefined)
  const publicKey = writer.keys.publicKey.export({ type: 'spki', format: 'der' })
  const limit = { query_timeout: timeoutMs }
  let announcing: Promise<unknown> = Promise.resolve()
  const append = async (records: readonly SignedRecord[]): Promise<number> => {
    await announcing
    const bodies = records.map(({ body }) => body)
    const entries = records.flatMap((record) => record.entries).join('\n')
    const previous = records.map(({ receipt }) => receipt.previous && Buffer.from(receipt.previous, 'base64url'))
    const signatures = records.map(({ signature }) => signature)
    const { rows } = await client.query<{ last: string }>({
      name: 'append',
      text: 'select append_disclosures($1, $2, $3, $4, $5, $6, $7) as last',
      values: [writer.name, writer.keys.kid, publicKey, bodies, entries, previous, signatures],
      ...limit,
    })
    return Number(rows[0]?.last)
  }
  const announceNow = (): void => {
    clearTimeout(next)
    next = undefined
    announcedAt = performance.now()
    const values = [committedChannel, writer.name]
    announcing = client.query({ text: 'select pg_notify($1, $2)', values, ...limit }).catch(() => undefined)
  }
  try {
    await assertDurableSession(client)
    return {
      lastCounter: await append([]),
      append,
      archive: (texts) =>
        client.query({ text: 'select archive_bundle(t) from unnest($1::text[]) as t', values: [texts], ...limit }),
      announce: () => {
        next ??= setTimeout(announceNow, Math.max(0, announcedAt + announceMs - performance.now())).unref()
      },
      release: () => {
        if (next !== undefined) announceNow()
        void announcing.then(() => client.release())
      },
      destroy,
    }
  } catch (error) {
    destroy()
    throw error
  }
}

async function connectWithin(pool: Pool, timeoutMs: number): Promise<PoolClient> {
  const connecting = pool.connect()
  const late = AbortSignal.timeout(timeoutMs)
  const timedOut = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(logUnavailable('no connection in time')), { once: true })
  })
  try {
    return await Promise.race([connecting, timedOut])
  } catch (error) {
    connecting.then((client) => client.release(true)).catch(() => undefined)
    throw error
  }
}
