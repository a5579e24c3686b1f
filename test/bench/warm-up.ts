import { type Ask, measure } from './measure.ts'
import { type Warm, width } from './round.ts'

/** A slice of a warm-up: its requests, and the candidate's own CPU for one of them. */
type Slice = { requests: number; cpuMs: number }

/**
 * Asks until a request costs no less than before, as compilers and caches have done their part: the same rule for
 * everybody, however fast. Ends after `atMost` seconds where that never comes. `own` are the candidate's processes.
 */
export async function warmUp(ask: Ask, own: readonly number[], warm: Warm): Promise<void> {
  const begun = performance.now()
  const slices: Slice[] = []
  let asked = 0
  while (!isSteady(slices, warm.requests) && performance.now() - begun < warm.atMost * 1000) {
    // Goes on where the slice before stopped, so that it is not the same few people who become known.
    const from = Math.ceil(asked / width)
    const further: Ask = (connection, n) => ask(connection, from + n)
    const slice = await measure(further, { seconds: warm.slice, width, own, database: () => [] })
    asked += slice.requests
    slices.push(slice)
  }
}

/** Whether so many requests were asked, and the last two slices cost no less than 97 % of the cheapest before them. */
export function isSteady(slices: readonly Slice[], requests: number): boolean {
  const asked = slices.reduce((sum, slice) => sum + slice.requests, 0)
  const costs = slices.map(({ cpuMs }) => cpuMs)
  return asked >= requests && costs.length > 2 && Math.min(...costs.slice(-2)) >= 0.97 * Math.min(...costs.slice(0, -2))
}
