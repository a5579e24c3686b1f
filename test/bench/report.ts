import { type Goal, isReached } from './goals.ts'
import type { StoreOfSize } from './compare-stores.ts'
import type { GraphOfSize } from './many-subgraphs.ts'
import type { Memory } from './memory.ts'
import type { machineAndVersions } from './machine.ts'
import type { Measured } from './measure.ts'
import type { Profiled } from './profile-workload.ts'
import type { Result } from './result.ts'
import type { Round } from './round.ts'
import { isMeasured, medianOf, type Row } from './rows.ts'
import type { Mix } from './run-mix.ts'
import { workloads } from './workloads.ts'

/** What was measured on and how. */
export type Setting = ReturnType<typeof machineAndVersions> & {
  citizens: number
  width: number
  round: Round
  /** When it began (ISO 8601), and how long it took. */
  at: string
  minutes: number
}

/** A whole run as Markdown: where it was, the goals, what was measured, and last what could not be. */
export function reportOf(result: Result, setting: Setting, goals: readonly Goal[]): string {
  const { rows, mix, memory, sizes, stores, profile, refusals, failed } = result
  const measured = [...workloads, { name: 'W5', what: mixText(mix) }]
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, what }) => ({ name, what, its: rows.filter(({ workload }) => workload === name) }))
  return [
    settingText(setting),
    ...(goals.length === 0 ? [] : [goalTable(goals)]),
    ...measured.filter(({ its }) => its.length > 0).map(({ name, what, its }) => workloadTable(name, what, its)),
    ...(memory === null ? [] : [memoryTable(memory)]),
    ...(sizes === null ? [] : [sizeTable(sizes)]),
    ...(stores.length === 0 ? [] : [storeTable(stores)]),
    ...(profile === null ? [] : [profileTable(profile)]),
    ...(refusals === null ? [] : [refusalText(refusals)]),
    ...(failed.length === 0 ? [] : [`## Not measured\n\n${failed.map((why) => `- ${oneLine(why)}`).join('\n')}`]),
  ].join('\n\n')
}

function settingText({ machine, versions, citizens, width, round, at, minutes }: Setting): string {
  const { rounds, seconds, warm } = round
  return (
    `${machine.cores} x ${machine.cpu}, ${machine.memoryGb} GB, Node ${versions.node}, PostgreSQL ${versions.postgres}; ` +
    `${width} connections, ${citizens.toLocaleString('en')} citizens; ${rounds} round(s) of ${seconds} s, each after a warm-up ` +
    `until it is steady, at most ${warm.atMost} s; project at ${versions.project}, ${at.slice(0, 10)}, ${minutes.toFixed(0)} minutes.`
  )
}

function mixText(mix: Mix | null): string {
  const asked = 'W1 asked by twelve personas'
  if (mix === null) return asked
  const { refusedOrMasked, changed } = mix
  return `${asked}, ${refusedOrMasked.toFixed(0)} % of the values refused or masked, ${changed.toFixed(1)} % of the requests change a consent`
}

function refusalText({ attack, absence }: NonNullable<Result['refusals']>): string {
  return (
    `Fragments that double thirty times are refused in ${attack.toFixed(1)} times an ordinary request's time. ` +
    `A claim about somebody is answered in ${absence.toFixed(2)} times the time of one about a number that nobody has.`
  )
}

/** The table of one workload as Markdown, fastest first; void rows say why. */
export function workloadTable(name: string, what: string, rows: readonly Row[]): string {
  const told = rows
    .filter(isMeasured)
    .map(({ candidate, rounds }) => ({ candidate, each: throughput(rounds), ...medianOf(rounds) }))
    .toSorted((a, b) => b.perSecond - a.perSecond)
    .map(({ candidate, each, p50, p99, cpuMs, databaseMs, rssMb, stolen }) => [
      candidate,
      each,
      ms(p50),
      ms(p99),
      (p99 / p50).toFixed(1),
      cpuMs.toFixed(2),
      databaseMs.toFixed(2),
      rssMb.toFixed(0),
      stolen.toFixed(0),
    ])
  const empty = rows
    .filter(({ wrong }) => wrong !== null)
    .map(({ candidate, wrong }) => [candidate, `void: ${oneLine(wrong ?? '')}`, '', '', '', '', '', '', ''])
  const head = [
    'candidate',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'p99/p50',
    'own CPU ms',
    'PostgreSQL CPU ms',
    'MB',
    'stolen %',
  ]
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
  const lines = sizes.map((size) => {
    const { subgraphs, compose, start, plan } = size
    return [`${subgraphs}`, ms(compose), ms(start), ms(plan), ...speedOf(size)]
  })
  const head = ['subgraphs', 'composition check ms', 'start ms', 'plan of W1 ms', ...speed]
  return `## Subgraphs\n\n${table(head, lines)}`
}

/** W1 over stores and over larger ones, and what each holds. */
export function storeTable(stores: readonly StoreOfSize[]): string {
  const lines = stores.flatMap(({ usual, larger }) =>
    [usual, larger].map((store) => {
      const { citizens, consents, records } = store
      return [...[citizens, consents, records].map((count) => count.toLocaleString('en')), ...speedOf(store)]
    }),
  )
  return `## Larger stores\n\n${table(['citizens', 'consents', 'records', ...speed], lines)}`
}

const speed = ['W1 requests/s', 'W1 p50 ms', 'p99 ms', 'own CPU ms', 'PostgreSQL CPU ms']

function speedOf(row: Pick<Row, 'rounds' | 'wrong'>): string[] {
  if (!isMeasured(row)) return [`void: ${oneLine(row.wrong ?? 'not measured')}`, '', '', '', '']
  const { p50, p99, cpuMs, databaseMs } = medianOf(row.rounds)
  return [throughput(row.rounds), ms(p50), ms(p99), cpuMs.toFixed(2), databaseMs.toFixed(2)]
}

/** What the time of a request goes into, by V8's samples of the process that answers. */
export function profileTable({ workload, measured, groups }: Omit<Profiled, 'profile' | 'span'>): string {
  const { requests, perSecond, cpuMs, databaseMs } = measured
  const all = groups.reduce((sum, { us }) => sum + us, 0)
  const lines = groups.map(({ what, us }) => [what, (us / requests).toFixed(0), ((100 * us) / all).toFixed(1)])
  return (
    `## Where the time of ${workload} goes\n\n${table(['what', 'µs a request', '% of the time'], lines)}\n\n` +
    `At ${perSecond.toFixed(0)} requests/s under the profiler, with ${cpuMs.toFixed(2)} ms of own CPU a request ` +
    `(its other threads too) and ${databaseMs.toFixed(2)} ms of PostgreSQL's.`
  )
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

/** The median, and how far the others are from it where there are others. */
function throughput(rounds: readonly Measured[]): string {
  const { perSecond, spread } = medianOf(rounds)
  return `${perSecond.toFixed(0)}${rounds.length > 1 ? ` ±${spread} %` : ''}`
}

const ms = (value: number): string => value.toFixed(1)
const oneLine = (text: string): string => text.replaceAll(/[|\s]+/g, ' ').slice(0, 200)
