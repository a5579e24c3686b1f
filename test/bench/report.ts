import { type Goal, isReached } from './goals.ts'
import type { StoreOfSize } from './compare-stores.ts'
import type { GraphOfSize } from './many-subgraphs.ts'
import type { Memory } from './memory.ts'
import { medianOf, type Row } from './rows.ts'

/** The table of one workload as Markdown, fastest first; void rows say why. */
export function workloadTable(name: string, what: string, rows: readonly Row[]): string {
  const told = rows
    .filter(({ wrong }) => wrong === null)
    .map(({ candidate, rounds }) => ({ candidate, ...medianOf(rounds) }))
    .toSorted((a, b) => b.perSecond - a.perSecond)
    .map(({ candidate, perSecond, spread, p50, p99, cpuMs, databaseMs, rssMb }) => [
      candidate,
      `${perSecond.toFixed(0)} ±${spread} %`,
      ms(p50),
      ms(p99),
      (p99 / p50).toFixed(1),
      cpuMs.toFixed(2),
      databaseMs.toFixed(2),
      rssMb.toFixed(0),
    ])
  const empty = rows
    .filter(({ wrong }) => wrong !== null)
    .map(({ candidate, wrong }) => [candidate, `void: ${oneLine(wrong ?? '')}`, '', '', '', '', '', ''])
  const head = ['candidate', 'requests/s', 'p50 ms', 'p99 ms', 'p99/p50', 'own CPU ms', 'PostgreSQL CPU ms', 'MB']
  return `## ${name}: ${what}\n\n${table(head, [...told, ...empty])}`
}

/** Each line with its figure, its bound and whether it is reached. */
export function goalTable(goals: readonly Goal[]): string {
  const lines = goals.map((goal) => {
    const { workload, against, bound, unit, figure } = goal
    const told = (value: number, digits: number) => (unit === 'x' ? `${value.toFixed(digits)} x` : `${value} ${unit}`)
    const limit = 'least' in bound ? `at least ${told(bound.least, 1)}` : `at most ${told(bound.most, 1)}`
    const shown = unit === 'x' ? told(figure, 2) : told(Math.round(figure), 0)
    return [workload, against, limit, shown, isReached(goal) ? 'reached' : 'not reached']
  })
  return `## Against the goals\n\n${table(['workload', 'against', 'goal', 'measured', ''], lines)}`
}

/** Start, composition and plans of two sizes of the graph. */
export function sizeTable(sizes: readonly GraphOfSize[]): string {
  const lines = sizes.map(({ subgraphs, compose, start, plan, rounds }) => {
    const { perSecond, p50 } = medianOf(rounds)
    return [`${subgraphs}`, ms(compose), ms(start), ms(plan), perSecond.toFixed(0), ms(p50)]
  })
  const head = ['subgraphs', 'composition check ms', 'start ms', 'plan of W1 ms', 'W1 requests/s', 'W1 p50 ms']
  return `## Subgraphs\n\n${table(head, lines)}`
}

/** W1 over the usual store and over larger ones. */
export function storeTable(stores: readonly StoreOfSize[]): string {
  const lines = stores.map(({ what, usual, larger }) => {
    const [before, after] = [medianOf(usual), medianOf(larger)]
    return [what, ms(before.p50), ms(after.p50), before.perSecond.toFixed(0), after.perSecond.toFixed(0)]
  })
  const head = ['store', 'W1 p50 ms, usual', 'larger', 'requests/s, usual', 'larger']
  return `## Larger stores\n\n${table(head, lines)}`
}

/** Resident memory of the one process over the time of W2. */
export function memoryTable({ seconds, start, quarter, half, end, most }: Memory): string {
  const head = ['after', '0 s', `${seconds / 4} s`, `${seconds / 2} s`, `${seconds} s`, 'most']
  const line = ['MB', ...[start, quarter, half, end, most].map((value) => value.toFixed(0))]
  return `## Memory under W2\n\n${table(head, [line])}`
}

/** A Markdown table. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

const ms = (value: number): string => value.toFixed(1)
const oneLine = (text: string): string => text.replaceAll(/[|\s]+/g, ' ')
