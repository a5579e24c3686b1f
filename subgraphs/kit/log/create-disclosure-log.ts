import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { DisclosureLog, DisclosureRecord, Keys } from '../types.ts'
import { loadLogPolicy } from './log-policy.ts'
import type { LogPolicy } from './log-policy.ts'
import { logUnavailable } from './log-unavailable.ts'
import { createPseudonyms } from './pseudonym.ts'
import { bodyFromContent, contentFromRecord } from './record-body.ts'
import type { RecordContent } from './record-body.ts'
import { signBody } from './signature.ts'
import { openWriterSession } from './writer-session.ts'
import type { WriterSession } from './writer-session.ts'

export type DisclosureLogDeps = {
  /** The oversight database as `oversight_writer`; one connection of it is used. */
  pool: Pool
  /** One id a process start, from `writerId`: its counter starts at 1 and has no gap. */
  writer: string
  keys: Keys
  clock: () => Date
  policy?: LogPolicy
  limits?: Partial<LogLimits>
}

/** `timeoutMs`: for one connection attempt or one commit. `queued`, `batch`: records. */
export type LogLimits = { timeoutMs: number; queued: number; batch: number }
const usualLimits: LogLimits = { timeoutMs: 5000, queued: 10_000, batch: 500 }

type Waiting = { content: RecordContent; resolve: () => void; reject: (error: Error) => void }

/** A writer's id for one start of a process: the service's name and a random part. */
export function writerId(service: string): string {
  return `${service}/${randomUUID()}`
}

/**
 * The log as its writers see it. `append` resolves after the record's commit is durable and rejects with LOG_UNAVAILABLE
 * otherwise; then the record may or may not be there (an answer that was never given may be recorded, never the other
 * way round). While one commit is under way further records wait and share the next one, so the time of an append does
 * not grow with how many there are. `close` writes what waits and gives the connection back; later appends reject.
 */
export function createDisclosureLog(deps: DisclosureLogDeps): DisclosureLog & { close: () => Promise<void> } {
  const limits = { ...usualLimits, ...deps.limits }
  const policy = deps.policy ?? loadLogPolicy()
  const pseudonyms = createPseudonyms(deps.keys.pseudonym)
  const writer = { name: deps.writer, keys: deps.keys.signing }
  const queue: Waiting[] = []
  let session: WriterSession | null = null
  let draining: Promise<void> | null = null
  let closed = false

  async function append(record: DisclosureRecord): Promise<void> {
    if (closed) throw logUnavailable('closed')
    if (queue.length >= limits.queued) throw logUnavailable('too many records wait')
    if (record.at.getTime() > deps.clock().getTime() + 60_000) throw logUnavailable('a record lies in the future')
    const content = asUnavailable(() => contentFromRecord(record, pseudonyms, policy))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    queue.push({ content, resolve, reject })
    draining ??= drain()
    return promise
  }

  async function drain(): Promise<void> {
    // The records of one tick share the first commit.
    await Promise.resolve()
    while (queue.length > 0) await commit(queue.splice(0, limits.batch))
    session?.announce()
    draining = null
  }

  /** Settles every record of the batch; never rejects. */
  async function commit(batch: readonly Waiting[], isRetry = false): Promise<void> {
    try {
      session ??= await openWriterSession(deps.pool, writer, limits.timeoutMs)
    } catch (error) {
      return settle(batch, logUnavailable('the database does not answer', error))
    }
    const first = session.lastCounter + 1
    try {
      const bodies = batch.map(({ content }, index) => bodyFromContent(content, writer.name, first + index))
      const signatures = bodies.map((body) => signBody(body, writer.keys.privateKey))
      session.lastCounter = await session.append(bodies, signatures)
      settle(batch, null)
    } catch (error) {
      if (!isRefusedRecord(error)) return settleUnknown(batch, first, error, isRetry)
      // Rolled back whole: the counter stands, and only the record that was refused may fail.
      if (batch.length === 1) return settle(batch, logUnavailable('the record was refused', error))
      for (const one of batch) await commit([one], isRetry)
    }
  }

  /**
   * After a lost connection or a timeout: a new connection tells whether the commit had happened. If it had not, it is
   * tried once more, so that a restarted server or a connection that died idle costs no answer.
   */
  async function settleUnknown(
    batch: readonly Waiting[],
    first: number,
    cause: unknown,
    isRetry: boolean,
  ): Promise<void> {
    session?.destroy()
    session = null
    try {
      session = await openWriterSession(deps.pool, writer, limits.timeoutMs)
    } catch (error) {
      return settle(batch, logUnavailable('the outcome of the commit is unknown', error))
    }
    if (session.lastCounter === first + batch.length - 1) return settle(batch, null)
    if (isRetry) return settle(batch, logUnavailable('the commit failed', cause))
    return commit(batch, true)
  }

  async function close(): Promise<void> {
    closed = true
    await draining
    session?.release()
    session = null
  }

  return { append, close }
}

function settle(batch: readonly Waiting[], error: Error | null): void {
  for (const { resolve, reject } of batch) {
    if (error === null) resolve()
    else reject(error)
  }
}

function asUnavailable<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw logUnavailable('the record is malformed', error)
  }
}

/** SQLSTATE classes of what a record holds, not of how the server is: data exception, constraint, our own body check. */
function isRefusedRecord(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(22|23|P0B)/.test(code)
}
