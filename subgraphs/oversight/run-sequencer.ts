import { setTimeout as wait } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { committedChannel } from '../kit/log/writer-session.ts'
import type { HeadSigner } from '../../evidence/log-head.ts'
import { sequenceLeaves } from './sequence-leaves.ts'
import { openHeads } from './sign-heads.ts'

export type SequencerDeps = {
  /** The oversight database as `oversight_sequencer`. */
  pool: Pool
  clock: () => Date
  /** Signs the heads of the tree. */
  signer: HeadSigner
  /** The least time between two heads; a second where this does not say. */
  headMs?: number
  /** Is told, once, what keeps the log from being sequenced, without values. */
  report?: (line: string) => void
  /** How long to wait without a notification before looking anyway, and before trying again after a failure. */
  pollMs?: number
}

/** Held by the one process that gives leaves their order. */
const leadership = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as held'
const lockName = 'oversight/sequencer'

/**
 * Gives committed records their leaves, and the tree of the leaves its signed heads, until the signal aborts: woken by
 * the writers' notifications, with a slow poll for those that got lost. No answer waits for it. Of all processes one does
 * it, the others wait for it to go. Never rejects: a failure is tried again after `pollMs`.
 */
export async function runSequencer(deps: SequencerDeps, signal: AbortSignal): Promise<void> {
  const pollMs = deps.pollMs ?? 5000
  let told = ''
  while (!signal.aborted) {
    await lead(deps, pollMs, signal).catch((error: unknown) => {
      const what = error instanceof Error ? error.message : 'unknown'
      if (what !== told && !signal.aborted) deps.report?.(`the disclosure log is not sequenced: ${what}`)
      told = what
    })
    await wait(pollMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Returns when another process leads or the signal aborts; rejects when the database does. */
async function lead(deps: SequencerDeps, pollMs: number, signal: AbortSignal): Promise<void> {
  const client = await deps.pool.connect()
  const inbox = createInbox(client, signal)
  try {
    const { rows } = await client.query<{ held: boolean }>(leadership, [lockName])
    if (rows[0]?.held !== true) return
    await client.query(`listen ${committedChannel}`)
    await client.query('select prepare_partitions($1, 1)', [deps.clock()])
    let preparedOn = deps.clock().toISOString().slice(0, 10)
    const heads = await openHeads(client, { ...deps, headMs: deps.headMs ?? 1000 })
    let writers: readonly string[] | null = null
    while (!signal.aborted) {
      await sequenceLeaves(client, writers)
      const due = await heads.sign()
      writers = await inbox.next(Math.min(pollMs, due ?? pollMs))
      const today = deps.clock().toISOString().slice(0, 10)
      if (today !== preparedOn) await client.query('select prepare_partitions($1, 1)', [deps.clock()])
      preparedOn = today
    }
  } finally {
    inbox.close()
    // Ends the session, and with it the lock and the listening.
    client.release(true)
  }
}

type Inbox = {
  /** Writers that announced something since the last call; null (look at all) when none did for so long. */
  next: (timeoutMs: number) => Promise<readonly string[] | null>
  close: () => void
}

/** Gathers notifications; a call waits for the first, for the time to pass, for the signal or for the connection's end. */
function createInbox(client: PoolClient, signal: AbortSignal): Inbox {
  const announced = new Set<string>()
  let failure: Error | null = null
  let wake: () => void = () => undefined
  const note = ({ payload }: { payload?: string | undefined }): void => {
    if (payload !== undefined) announced.add(payload)
    wake()
  }
  const fail = (error: Error): void => {
    failure = error
    wake()
  }
  const rouse = (): void => wake()
  client.on('notification', note)
  client.on('error', fail)
  signal.addEventListener('abort', rouse)
  return {
    next: async (timeoutMs) => {
      if (announced.size === 0 && failure === null && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (failure !== null) throw failure
      const writers = announced.size === 0 ? null : [...announced]
      announced.clear()
      return writers
    },
    close: () => {
      client.off('notification', note)
      signal.removeEventListener('abort', rouse)
    },
  }
}
