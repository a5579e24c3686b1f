import { setTimeout as wait } from 'node:timers/promises'
import { measure } from './measure.ts'
import { usageOf } from './process-usage.ts'
import { width } from './round.ts'

/** Resident memory of a process under load, in megabytes. */
export type Memory = { seconds: number; start: number; quarter: number; half: number; end: number; most: number }

/** Megabytes that may come and go between two collections: memory that grows by no more in half the time is flat. */
export const breathMb = 30

/** Asks for so many seconds, and looks at the memory four times a second. */
export async function memoryUnder(
  ask: (connection: number, n: number) => Promise<string | null>,
  pid: number,
  seconds: number,
): Promise<Memory> {
  const seen: number[] = []
  const look = (): void => void seen.push(usageOf([pid]).rssMb)
  look()
  const over = new AbortController()
  const looking = (async () => {
    while (!over.signal.aborted) {
      await wait(250, undefined, { signal: over.signal }).catch(() => undefined)
      look()
    }
  })()
  const { firstWrong } = await measure(ask, { seconds, width, own: [], database: () => [] })
  over.abort()
  await looking
  if (firstWrong !== null) throw new Error(`a wrong answer while memory was watched: ${firstWrong}`)
  const at = (share: number): number => seen[Math.floor((seen.length - 1) * share)] ?? 0
  return { seconds, start: at(0), quarter: at(0.25), half: at(0.5), end: at(1), most: Math.max(...seen) }
}
