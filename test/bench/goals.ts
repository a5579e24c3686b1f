import type { StoreOfSize } from './compare-stores.ts'
import type { GraphOfSize } from './many-subgraphs.ts'
import { breathMb, type Memory } from './memory.ts'
import { names } from './candidate-names.ts'
import { isMeasured, medianOf, type Row } from './rows.ts'

/** One line of what was set out to be reached: a figure beside its bound. */
export type Goal = {
  workload: string
  against: string
  /** `least`: the figure must be that much or more; `most`: that much or less. */
  bound: { least: number } | { most: number }
  unit: 'x' | '%' | 'MB'
  figure: number
}

export type Figures = {
  rows: readonly Row[]
  memory: Memory | null
  sizes: readonly [GraphOfSize, GraphOfSize] | null
  stores: readonly StoreOfSize[]
}

/** The workloads for which a distance from the peers was set out. */
const besidePeers = ['W1', 'W2', 'W3', 'W4']

/** Every line that the figures of a run say something about; where a row is void or missing there is no line. */
export function goalsOf({ rows, memory, sizes, stores }: Figures): Goal[] {
  const goals: Goal[] = []
  const of = (candidate: string, workload: string) => {
    const row = rows.find((one) => one.candidate === candidate && one.workload === workload)
    return row !== undefined && isMeasured(row) ? medianOf(row.rounds) : null
  }
  const add = (goal: Omit<Goal, 'figure'>, figure: number | null | undefined): void => {
    if (figure !== null && figure !== undefined) goals.push({ ...goal, figure })
  }
  const workloads = [...new Set(rows.map(({ workload }) => workload))].filter((name) => name !== 'W5')
  const faster = (workload: string): number | null =>
    Math.max(of(names.hive, workload)?.perSecond ?? 0, of(names.hiveRust, workload)?.perSecond ?? 0) || null

  for (const workload of workloads) {
    const whole = of(names.whole, workload)
    if (whole === null) continue
    const beside = (against: string, least: number, other: number | null | undefined): void =>
      add({ workload, against, bound: { least }, unit: 'x' }, other && whole.perSecond / other)
    if (besidePeers.includes(workload)) {
      beside('the faster Hive run', 3, faster(workload))
      beside('stock gateway, remote', 4, of(names.stockRemote, workload)?.perSecond)
      beside('hand-written handler', 0.5, of(names.hand, workload)?.perSecond)
    }
    const remote = of(names.remote, workload)
    const hive = faster(workload)
    if (['W1', 'W2'].includes(workload) && remote !== null && hive !== null)
      add(
        { workload, against: 'remote subgraphs: the faster Hive run', bound: { least: 1.5 }, unit: 'x' },
        remote.perSecond / hive,
      )
    const [open, unlogged] = [of(names.open, workload), of(names.unlogged, workload)]
    if (open !== null && unlogged !== null)
      add(
        { workload, against: 'enforcement, of CPU a request (own and PostgreSQL)', bound: { most: 15 }, unit: '%' },
        100 * (1 - (open.cpuMs + open.databaseMs) / (unlogged.cpuMs + unlogged.databaseMs)),
      )
    if (unlogged !== null)
      add(
        { workload, against: 'durable log, of throughput', bound: { most: 10 }, unit: '%' },
        100 * (1 - whole.perSecond / unlogged.perSecond),
      )
    add({ workload, against: 'p99 beside own p50', bound: { most: 5 }, unit: 'x' }, whole.p99 / whole.p50)
  }
  for (const candidate of [names.whole, names.remote]) {
    const [form, mix] = [of(candidate, 'W1'), of(candidate, 'W5')]
    if (form !== null && mix !== null)
      add(
        { workload: 'W5', against: `W1, ${candidate}`, bound: { least: 0.8 }, unit: 'x' },
        mix.perSecond / form.perSecond,
      )
  }
  const slower = (against: string, most: number, usual: Pick<Row, 'rounds' | 'wrong'>, larger: typeof usual): void => {
    if (!isMeasured(usual) || !isMeasured(larger)) return
    add(
      { workload: 'W1', against, bound: { most }, unit: 'x' },
      medianOf(larger.rounds).p50 / medianOf(usual.rounds).p50,
    )
  }
  if (sizes !== null) {
    const [few, many] = sizes
    slower(`${many.subgraphs} subgraphs, p50 beside ${few.subgraphs}`, 1.1, few, many)
  }
  for (const { what, usual, larger } of stores) slower(`p50: ${what}`, 1.2, usual, larger)
  if (memory !== null) {
    add(
      { workload: 'W2', against: `resident memory in ${memory.seconds} s`, bound: { most: 300 }, unit: 'MB' },
      memory.most,
    )
    add(
      { workload: 'W2', against: 'growth in the second half', bound: { most: breathMb }, unit: 'MB' },
      memory.end - memory.half,
    )
  }
  return goals
}

/** Whether a line is reached. */
export function isReached({ bound, figure }: Goal): boolean {
  return 'least' in bound ? figure >= bound.least : figure <= bound.most
}
