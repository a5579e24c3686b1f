import { setTimeout as wait } from 'node:timers/promises'
import { usageOf } from './process-usage.ts'

/** Of a second; the seconds in a row that must be so quiet; and how long that is waited for. */
const quiet = { cpuMs: 300, seconds: 25, atMost: 180 }

/**
 * Waits until these processes do next to nothing: up to twenty seconds after a start each of ours counts statistics and
 * compares databases, which is its own work and not that of whoever is measured meanwhile. Goes on after `atMost` where
 * they never are. Rejects with the signal's reason once it is given.
 */
export async function untilIdle(pids: () => readonly number[], stop: AbortSignal): Promise<void> {
  let inRow = 0
  for (let second = 1; second <= quiet.atMost; second += 1) {
    const before = usageOf(pids()).cpuMs
    await wait(1000)
    stop.throwIfAborted()
    inRow = usageOf(pids()).cpuMs - before < quiet.cpuMs ? inRow + 1 : 0
    if (inRow === quiet.seconds) return
  }
}
