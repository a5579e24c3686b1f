import { problem } from '../../policy/errors.ts'

/** Does work when its turn comes, in the order it was asked for. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/**
 * At most so many at once. Work whose turn comes later than `patienceMs` is not begun, and rejects with TIMEOUT: by then
 * nobody waits for it any more, and doing it would only make the next ones late.
 */
export function createTurns(most: number, patienceMs: number, now: () => number = () => performance.now()): Turns {
  const waiting: { since: number; begin: () => void; refuse: (error: Error) => void }[] = []
  let free = most
  const next = (): void => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (now() - one.since <= patienceMs) return one.begin()
      one.refuse(problem('TIMEOUT'))
    }
    free += 1
  }
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((begin, refuse) => waiting.push({ since: now(), begin, refuse }))
    try {
      return await work()
    } finally {
      next()
    }
  }
}
