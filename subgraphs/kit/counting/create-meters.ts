import { problem } from '../../../policy/errors.ts'
import type { VolumeState } from '../../../policy/types.ts'
import type { CountStore } from './count-store.ts'
import { meterKey, spans, type Meter } from './meter.ts'
import { emptySketch, holds, raise, registerCount, union, type Mark, type Sketch } from './sketch.ts'

/** Counts subjects on meters that all replicas share, mostly without asking anybody. */
export type Meters = {
  /**
   * Counts a subject and says whether it may be read: WITHIN, or the threshold that ends it. At once where the subject is
   * known or the lease covers it; a promise where the store must be told first. Throws COUNT_UNAVAILABLE.
   */
  count: (meter: Meter, mark: Mark) => VolumeState | Promise<VolumeState>
  /** The meters this process has, with the people read as it last heard, its own lease included. */
  known: () => { meter: Meter; total: number }[]
  /** Tells what is untold and gives every lease back. Never rejects. */
  close: () => Promise<void>
}

type Entry = {
  meter: Meter
  /** Whom this process knows to be counted in the bucket of this moment. */
  sketch: Sketch
  bucket: number
  /** Sum of 2^-rank over the registers: a raise stands for `registerCount / openings` subjects. */
  openings: number
  untold: Mark[]
  used: number
  lease: number
  /** Null until the store was asked. */
  state: VolumeState | null
  total: number
  approvals: ReadonlyMap<string, number>
  toldAt: number
  touchedAt: number
  waiting: number
  telling: Promise<void> | null
}

/** A refusal is asked about again after a second; a lease is renewed, or given back unused, after a quarter of an hour. */
const patienceMs = 1000
const renewMs = 900_000
/** A lease that was not renewed for so long is nobody's: its process no longer counts on it. */
export const leaseOutlivesMs = 2 * renewMs + 300_000

/** Meters of one process over the shared store. */
export function createMeters(store: CountStore, clock: () => Date): Meters {
  const entries = new Map<string, Entry>()

  function entryOf(meter: Meter, now: number): Entry {
    const key = meterKey(meter)
    const bucket = Math.floor(now / spans[meter.span].shortestMs)
    const known = entries.get(key)
    if (known !== undefined && (known.bucket === bucket || meter.span === 'month')) {
      if (known.bucket !== bucket) Object.assign(known, { bucket, sketch: emptySketch(), openings: registerCount })
      known.touchedAt = now
      return known
    }
    const state = meter.alone > 0 ? 'WITHIN' : null
    const entry: Entry = {
      meter,
      sketch: emptySketch(),
      bucket,
      openings: registerCount,
      untold: [],
      used: 0,
      lease: meter.alone,
      state,
      total: 0,
      approvals: new Map(),
      toldAt: now,
      touchedAt: now,
      waiting: 0,
      telling: null,
    }
    entries.set(key, entry)
    return entry
  }

  /** Null where the store must be told before this subject may be counted. */
  function counted(entry: Entry, { stated }: Meter, mark: Mark, now: number): VolumeState | null {
    const { state, lease, used } = entry
    if (state === null || now - entry.toldAt > 2 * renewMs) return null
    const isOpen = state === 'WITHIN' || (state === 'IMPORTANT' && (entry.approvals.get(stated) ?? 0) > now)
    if (!isOpen) return now - entry.toldAt < patienceMs ? state : null
    if (holds(entry.sketch, mark)) return 'WITHIN'
    const worth = registerCount / entry.openings
    if (lease < 1 || (used > 0 && Math.floor(used + worth) > lease)) return null
    entry.used += worth
    entry.openings -= 2 ** -(entry.sketch[mark.register] ?? 0) - 2 ** -mark.rank
    raise(entry.sketch, mark)
    entry.untold.push(mark)
    return 'WITHIN'
  }

  async function countLater(entry: Entry, meter: Meter, mark: Mark): Promise<VolumeState> {
    entry.waiting += 1
    try {
      for (;;) {
        await tell(entry)
        const state = counted(entry, meter, mark, clock().getTime())
        if (state !== null) return state
      }
    } finally {
      entry.waiting -= 1
    }
  }

  /** Tells the store what it does not know yet and takes a new lease; whoever waits for the same meter shares it. */
  function tell(entry: Entry, isLast = false): Promise<void> {
    entry.telling ??= told(entry, isLast).finally(() => {
      entry.telling = null
    })
    return entry.telling
  }

  async function told(entry: Entry, isLast: boolean): Promise<void> {
    const at = clock()
    const { meter, untold: raised, used, bucket } = entry
    // What was refused looks first: it takes no lease that another process could use.
    const wasRefused = entry.state === 'CORE' || (entry.state === 'IMPORTANT' && !isApproved(entry, at.getTime()))
    const lease = isLast || wasRefused ? 0 : Math.max(meter.block, entry.waiting)
    entry.untold = []
    const standing = await store({ meter, at, raised, lease }).catch(() => {
      entry.untold = [...raised, ...entry.untold]
      throw problem('COUNT_UNAVAILABLE')
    })
    const { important, core } = meter.limits
    const { total, latest, approvals } = standing
    const state = total < important ? 'WITHIN' : total < core ? 'IMPORTANT' : 'CORE'
    const room = (state === 'WITHIN' ? important : core) - total
    Object.assign(entry, { state, total, approvals, toldAt: at.getTime() })
    entry.lease = Math.max(0, Math.min(lease, room))
    entry.used -= used
    if (entry.bucket !== bucket) return
    entry.sketch = union([entry.sketch, latest])
    entry.openings = entry.sketch.reduce((sum, rank) => sum + 2 ** -rank, 0)
  }

  /** Tells the last of it. Where that fails the lease stays: what it stands for counts as read. */
  async function release(entry: Entry): Promise<void> {
    await entry.telling?.catch(() => undefined)
    await tell(entry, true).catch(() => undefined)
  }

  /** Renews the leases that are in use, gives back the others and forgets what is past. */
  async function sweep(): Promise<void> {
    const now = clock().getTime()
    for (const [key, entry] of entries) {
      const isPast = entry.meter.span !== 'month' && entry.bucket < Math.floor(now / spans[entry.meter.span].shortestMs)
      const isIdle = entry.meter.span === 'month' && now - entry.touchedAt > renewMs
      if (isPast || isIdle) entries.delete(key)
      if (isIdle) await release(entry)
      else if (!isPast && entry.meter.span === 'month' && now - entry.toldAt > renewMs)
        await tell(entry).catch(() => undefined)
    }
  }
  const sweeping = setInterval(() => void sweep(), 60_000).unref()

  return {
    count: (meter, mark) => {
      const now = clock().getTime()
      const entry = entryOf(meter, now)
      return counted(entry, meter, mark, now) ?? countLater(entry, meter, mark)
    },
    known: () => [...entries.values()].map(({ meter, total, used }) => ({ meter, total: total + Math.ceil(used) })),
    close: async () => {
      clearInterval(sweeping)
      await Promise.all([...entries.values()].filter(({ meter }) => meter.span === 'month').map(release))
    },
  }
}

const isApproved = ({ approvals }: Entry, now: number): boolean => [...approvals.values()].some((until) => until > now)
