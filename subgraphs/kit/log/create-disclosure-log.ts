import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { DisclosureReceipt } from '../../../policy/disclosure.ts'
import { isRefusedValue } from '../postgres/is-refused-value.ts'
import type { DisclosureRecord, Keys } from '../types.ts'
import { loadLogPolicy } from './log-policy.ts'
import type { LogPolicy } from './log-policy.ts'
import { logUnavailable } from './log-unavailable.ts'
import { createPseudonyms } from './pseudonym.ts'
import { contentFromRecord } from './record-body.ts'
import type { RecordContent } from './record-body.ts'
import { newChain, signRecord } from './sign-record.ts'
import type { SignedRecord } from './sign-record.ts'
import { openWriterSession } from './writer-session.ts'
import type { WriterSession } from './writer-session.ts'

export type DisclosureLogDeps = {
  /** The oversight database as `oversight_writer`; one connection of it is used. */
  pool: Pool
  /** One id a process start, from `writerId`: its counter starts at 1 and has no gap. */
  writer: string
  keys: Keys
  clock: () => Date
  /** Texts of the rules and the schema this process decides by, kept in the log from its first record on. */
  bundles?: readonly string[]
  policy?: LogPolicy
  limits?: Partial<LogLimits>
}

/** `timeoutMs`: for one connection attempt or one commit. `queued`, `batch`: records. */
export type LogLimits = { timeoutMs: number; queued: number; batch: number }
const usualLimits: LogLimits = { timeoutMs: 5000, queued: 10_000, batch: 500 }

/**
 * Where records come several at once, commits take a quarter of the time: a commit costs as much as ten records in it.
 * None waits longer than this, milliseconds.
 */
const longestGathering = 25

type Waiting = {
  content: RecordContent
  resolve: (receipt: DisclosureReceipt) => void
  reject: (error: Error) => void
}

/** The log as one process writes it. */
export type OpenDisclosureLog = {
  append: (record: DisclosureRecord) => Promise<DisclosureReceipt>
  close: () => Promise<void>
}

/** A writer's id for one start of a process: the service's name and a random part. */
export function writerId(service: string): string {
  return `${service}/${randomUUID()}`
}

/**
 * The log as its writers see it. `append` resolves after the record's commit is durable and rejects with LOG_UNAVAILABLE
 * otherwise; then the record may or may not be there (an answer that was never given may be recorded, never the other
 * way round). While one commit is under way further records wait and share the next one, so the time of an append does
 * not grow with how many there are; and a record that comes alone never waits for others. `close` writes what waits and gives the connection back; later appends reject.
 */
export function createDisclosureLog(deps: DisclosureLogDeps): OpenDisclosureLog {
  const limits = { ...usualLimits, ...deps.limits }
  const policy = deps.policy ?? loadLogPolicy()
  const pseudonyms = createPseudonyms(deps.keys.pseudonym)
  const writer = { name: deps.writer, keys: deps.keys.signing }
  const queue: Waiting[] = []
  let session: WriterSession | null = null
  let chain = newChain
  /** Where the chain stands if a batch whose outcome is not known had committed after all. */
  let givenUp: typeof chain | null = null
  let isArchived = false
  let draining: Promise<void> | null = null
  let closed = false
  let last = { begunAt: 0, took: 0, records: 0 }

  async function append(record: DisclosureRecord): Promise<DisclosureReceipt> {
    if (closed) throw logUnavailable('closed')
    if (queue.length >= limits.queued) throw logUnavailable('too many records wait')
    if (record.at.getTime() > deps.clock().getTime() + 60_000) throw logUnavailable('a record lies in the future')
    const content = asUnavailable(() => contentFromRecord(record, pseudonyms, policy))
    const { promise, resolve, reject } = Promise.withResolvers<DisclosureReceipt>()
    queue.push({ content, resolve, reject })
    draining ??= drain()
    return promise
  }

  async function drain(): Promise<void> {
    // The records of one tick share the first commit.
    await Promise.resolve()
    while (queue.length > 0) {
      const left = last.begunAt + Math.min(4 * last.took, longestGathering) - performance.now()
      if (last.records > 1 && left > 0) await wait(left)
      const batch = queue.splice(0, limits.batch)
      const begunAt = performance.now()
      await commit(batch)
      last = { begunAt, took: performance.now() - begunAt, records: batch.length }
    }
    session?.announce()
    draining = null
  }

  /** Settles every record of the batch; never rejects. */
  async function commit(batch: readonly Waiting[], isRetry = false): Promise<void> {
    try {
      if (session === null) await open()
    } catch (error) {
      return refuse(batch, logUnavailable('the database does not answer', error))
    }
    const signed = signedAfter(batch)
    try {
      await session?.append(signed)
      accept(batch, signed)
    } catch (error) {
      if (!isRefusedRecord(error)) return settleUnknown(batch, signed, error, isRetry)
      // Rolled back whole: the counter stands, and only the record that was refused may fail.
      if (batch.length === 1) return refuse(batch, logUnavailable('the record was refused', error))
      for (const one of batch) await commit([one], isRetry)
    }
  }

  /**
   * Rejects where the database holds less or more of this writer than was signed and acknowledged: records are gone. Of
   * a batch that was given up, the connection tells whether it had committed.
   */
  async function open(): Promise<void> {
    const opened = await openWriterSession(deps.pool, writer, limits.timeoutMs)
    const reached = [chain, givenUp].find((one) => one?.counter === opened.lastCounter)
    if (!reached) {
      opened.destroy()
      throw logUnavailable('the database holds other records of this writer than it acknowledged')
    }
    chain = reached
    givenUp = null
    if (!isArchived) await opened.archive(deps.bundles ?? []).catch(failedBy(opened))
    isArchived = true
    session = opened
  }

  function signedAfter(batch: readonly Waiting[]): SignedRecord[] {
    let before = chain
    return batch.map(({ content }) => {
      const record = signRecord(content, writer, before)
      before = record.chain
      return record
    })
  }

  function accept(batch: readonly Waiting[], signed: readonly SignedRecord[]): void {
    chain = signed.at(-1)?.chain ?? chain
    for (const [index, { receipt }] of signed.entries()) batch[index]?.resolve(receipt)
  }

  /**
   * After a lost connection or a timeout: a new connection tells whether the commit had happened. If it had not, it is
   * tried once more, so that a restarted server or a connection that died idle costs no answer.
   */
  async function settleUnknown(
    batch: readonly Waiting[],
    signed: readonly SignedRecord[],
    cause: unknown,
    isRetry: boolean,
  ): Promise<void> {
    session?.destroy()
    session = null
    givenUp = signed.at(-1)?.chain ?? null
    const last = givenUp?.counter
    try {
      await open()
      if (chain.counter === last) return accept(batch, signed)
    } catch (error) {
      return refuse(batch, logUnavailable('the outcome of the commit is unknown', error))
    }
    if (isRetry) return refuse(batch, logUnavailable('the commit failed', cause))
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

function refuse(batch: readonly Waiting[], error: Error): void {
  for (const { reject } of batch) reject(error)
}

function failedBy(session: WriterSession) {
  return (error: unknown): never => {
    session.destroy()
    throw error
  }
}

function asUnavailable<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw logUnavailable('the record is malformed', error)
  }
}

/** What a record holds was refused: also by our own check of its body. */
function isRefusedRecord(error: unknown): boolean {
  return isRefusedValue(error) || String((error as { code?: unknown }).code).startsWith('P0B')
}
