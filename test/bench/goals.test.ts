import { expect, test } from 'vitest'
import { measuredOnce } from '../support/measured-once.ts'
import { goalsOf, isReached } from './goals.ts'
import { names } from './candidate-names.ts'
import type { Row } from './rows.ts'

const row = (candidate: string, workload: string, ...perSecond: number[]): Row => ({
  candidate,
  workload,
  rounds: perSecond.map((each) => ({ ...measuredOnce, perSecond: each })),
  wrong: null,
})
const nothing = { memory: null, sizes: null, stores: [] }
const told = (rows: Row[]): string[] =>
  goalsOf({ ...nothing, rows }).map(
    (goal) => `${goal.workload} ${goal.against}: ${goal.figure.toFixed(2)} ${isReached(goal)}`,
  )

test('the median of this project is held beside the faster of the two Hive runs', () => {
  const rows = [row(names.whole, 'W4', 100, 900, 300), row(names.hive, 'W4', 90), row(names.hiveRust, 'W4', 100)]
  expect(told(rows)).toEqual(['W4 the faster Hive run: 3.00 true', 'W4 p99 beside own p50: 4.00 true'])
})

test('a void row says nothing, of itself or beside others', () => {
  const isVoid = { ...row(names.hand, 'W3', 1000), wrong: 'answer 0 differs' }
  expect(told([row(names.whole, 'W3', 100), isVoid])).toEqual(['W3 p99 beside own p50: 4.00 true'])
  expect(told([{ ...row(names.whole, 'W3', 100), wrong: 'answer 0 differs' }, row(names.hand, 'W3', 1)])).toEqual([])
})

test('enforcement is priced by processor time, its own and the database’s, without the log', () => {
  const open = row(names.open, 'W1', 100)
  const cheaper = { ...open, rounds: open.rounds.map((round) => ({ ...round, cpuMs: 1, databaseMs: 0.5 })) }
  expect(told([row(names.whole, 'W1', 80), cheaper, row(names.unlogged, 'W1', 100)])).toEqual([
    'W1 enforcement, of CPU a request (own and PostgreSQL): 50.00 false',
    'W1 durable log, of throughput: 20.00 false',
    'W1 p99 beside own p50: 4.00 true',
  ])
})

test('the mix is held beside the form of the same candidate', () => {
  expect(told([row(names.remote, 'W1', 100), row(names.remote, 'W5', 79)])).toEqual([
    'W5 W1, this project, remote subgraphs: 0.79 false',
  ])
})

test('a store, a graph and memory are told where they were measured', () => {
  const at = (p50: number) => ({ rounds: [{ ...measuredOnce, p50, perSecond: 1 }], wrong: null })
  const held = { citizens: 1, consents: 1, records: 1 }
  const size = { compose: 1, start: 1, plan: 1 }
  const goals = goalsOf({
    rows: [],
    memory: { seconds: 60, start: 100, quarter: 200, half: 210, end: 241, most: 300 },
    sizes: [
      { ...size, subgraphs: 11, ...at(10) },
      { ...size, subgraphs: 116, ...at(12) },
    ],
    stores: [{ what: 'a million', usual: { ...held, ...at(10) }, larger: { ...held, ...at(12) } }],
  })
  expect(goals.map((goal) => [goal.figure, isReached(goal)])).toEqual([
    [1.2, false],
    [1.2, true],
    [300, true],
    [31, false],
  ])
})
