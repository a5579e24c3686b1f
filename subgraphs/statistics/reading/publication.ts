import type { Pool } from 'pg'
import { createAskedTogether } from '../../kit/asked-together.ts'
import { createSession } from '../../kit/session.ts'
import { targetAgeDays } from './figure-from.ts'
import { readState, type StoreState } from './store-state.ts'

/** Units and months whose figures are kept: a year of the provinces and the nation, and some communes beside. */
export const mostKept = 600

/** What is published at one version of the store, as far as it was asked for. Between two moments at which a figure goes stale nothing of it changes. */
export type Publication = {
  version: string
  state: StoreState
  /** When it was read. */
  now: Date
  /** The figures of a unit in a month, if they are kept. */
  known: (key: string) => object | undefined
  /** Keeps them; those unused for longest give way. */
  keep: (key: string, found: object) => void
}

/** The publication of this moment: the version is read each time. Rejects when the store can't be had. */
export type PublicationAt = (now: Date) => Promise<Publication>

const versionNow = { name: 'publication', text: 'select version from publication' }

/** Keeps one publication. An answer is never older than the version that was read for it. */
export function createPublicationAt(pool: Pool): PublicationAt {
  type Kept = Publication & { isOf: (version: string, now: Date) => boolean }
  let kept: Kept | null = null
  let reading: Promise<Kept> | null = null

  const read = async (now: Date): Promise<Kept> => {
    const session = createSession(pool)
    try {
      const [publication] = await session.rows<{ version: string }>(versionNow.text, [])
      if (publication === undefined) throw new Error('the store has no version')
      const state = await readState(session.rows)
      kept = { ...publication, state, now, ...createFigures(), isOf: isOf(publication.version, state, now) }
      return kept
    } finally {
      await session.end()
    }
  }
  const reread = (now: Date): Promise<Kept> => {
    const own = read(now).finally(() => {
      if (reading === own) reading = null
    })
    reading = own
    return own
  }

  /** Requests of one moment ask once. */
  const askVersion = createAskedTogether(async (asks: readonly string[]) => {
    const { rows } = await pool.query<{ version: string }>(versionNow)
    const version = rows[0]?.version
    if (version === undefined) throw new Error('the store has no version')
    return asks.map(() => version)
  })

  return async (now) => {
    const version = await askVersion(versionNow.text)
    if (kept?.isOf(version, now)) return kept
    // Another request's reading may have begun before the version was asked for: it counts if it found the same.
    const others = reading === null ? null : await reading
    return others?.isOf(version, now) ? others : reread(now)
  }
}

function isOf(version: string, { times }: StoreState, now: Date) {
  // A figure is stale the millisecond after its target age.
  const turns = times.map((time) => Date.parse(time) + targetAgeDays * 86_400_000 + 1)
  const from = Math.max(...turns.filter((turn) => turn <= now.getTime()))
  const until = Math.min(...turns.filter((turn) => turn > now.getTime()))
  return (other: string, at: Date): boolean => other === version && at.getTime() >= from && at.getTime() < until
}

function createFigures(): Pick<Publication, 'known' | 'keep'> {
  const figures = new Map<string, object>()
  return {
    known: (key) => {
      const found = figures.get(key)
      if (found !== undefined) {
        figures.delete(key)
        figures.set(key, found)
      }
      return found
    },
    keep: (key, found) => {
      figures.set(key, found)
      const [oldest] = figures.keys()
      if (figures.size > mostKept && oldest !== undefined) figures.delete(oldest)
    },
  }
}
