/** Somebody's flags in one database, under the pseudonym of this run. */
export type Flagged = { pseudonym: string; flags: number }

/** Walks one database's flags beside the residents, both in the order of pseudonyms. */
export type Follower = {
  /** Whether the flags of this pseudonym, or of a later one, are at hand. */
  hasReached: (pseudonym: string) => boolean
  /** Reads on until the flags of this pseudonym, or of a later one, are at hand. */
  reach: (pseudonym: string) => Promise<void>
  /** The flags of a pseudonym that was reached; 0 for somebody whom the database does not know. */
  take: (pseudonym: string) => number
  /** To the end: how many the database named, and how many of them were residents. */
  finish: () => Promise<{ named: number; found: number }>
}

/** Joins by merging: no more than a batch of each side is ever in memory. */
export function followFlags(batches: AsyncIterator<readonly Flagged[]>): Follower {
  let rows: readonly Flagged[] = []
  let at = 0
  let isOver = false
  let named = 0
  let found = 0
  const hasReached = (pseudonym: string): boolean => isOver || (rows.at(-1)?.pseudonym ?? '') >= pseudonym
  const more = async (): Promise<void> => {
    const next = await batches.next()
    isOver = next.done === true
    rows = next.done === true ? [] : next.value
    at = 0
    named += rows.length
  }
  return {
    hasReached,
    reach: async (pseudonym) => {
      while (!hasReached(pseudonym)) await more()
    },
    take: (pseudonym) => {
      while (at < rows.length && (rows[at]?.pseudonym ?? '') < pseudonym) at += 1
      const one = rows[at]
      if (one?.pseudonym !== pseudonym) return 0
      found += 1
      return one.flags
    },
    finish: async () => {
      while (!isOver) await more()
      return { named, found }
    },
  }
}
