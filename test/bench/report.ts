import type { Measured } from './measure.ts'
import type { Workload } from './workloads.ts'

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

/** The tables of a run as Markdown, a workload each, fastest first. */
export function markdownOf(workloads: readonly Workload[], rows: readonly Row[]): string {
  return workloads
    .map(({ name, what }) => {
      const ofWorkload = rows.filter((row) => row.workload === name)
      const told = ofWorkload
        .filter(({ wrong }) => wrong === null)
        .map(({ candidate, rounds }) => ({ candidate, ...medianOf(rounds) }))
        .toSorted((a, b) => b.perSecond - a.perSecond)
        .map(
          ({ candidate, perSecond, spread, p50, p99, cpuMs, databaseMs, rssMb }) =>
            `| ${candidate} | ${perSecond.toFixed(0)} ±${spread} % | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpuMs.toFixed(2)} | ${databaseMs.toFixed(2)} | ${rssMb.toFixed(0)} |`,
        )
      const void_ = ofWorkload
        .filter(({ wrong }) => wrong !== null)
        .map(({ candidate, wrong }) => `| ${candidate} | void: ${wrong} | | | | | |`)
      const head = [
        '| candidate | requests/s | p50 ms | p99 ms | own CPU ms | PostgreSQL CPU ms | MB |',
        '|---|---|---|---|---|---|---|',
      ]
      return [`**${name}**: ${what}`, '', ...head, ...told, ...void_].join('\n')
    })
    .join('\n\n')
}
