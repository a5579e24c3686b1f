import type { Measured } from './measure.ts'

/** A candidate's rounds of one workload; `wrong` says why the row is void. */
export type Row = { candidate: string; workload: string; rounds: Measured[]; wrong: string | null }

/** The middle round by throughput, with the distance of the slowest and fastest from it in percent. */
export function medianOf(rounds: readonly Measured[]): Measured & { spread: number } {
  const inOrder = rounds.toSorted((a, b) => a.perSecond - b.perSecond)
  const middle = inOrder[Math.floor(inOrder.length / 2)]
  if (middle === undefined) throw new Error('nothing was measured')
  const [low, high] = [inOrder[0]?.perSecond ?? 0, inOrder.at(-1)?.perSecond ?? 0]
  return { ...middle, spread: Math.round((50 * (high - low)) / middle.perSecond) }
}

/** Whether a row says something: it is not void, and at least one round of it was measured. */
export function isMeasured({ rounds, wrong }: Pick<Row, 'rounds' | 'wrong'>): boolean {
  return wrong === null && rounds.length > 0
}
