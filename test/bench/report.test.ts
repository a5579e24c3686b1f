import { expect, test } from 'vitest'
import { measuredOnce } from '../support/measured-once.ts'
import { reportOf } from './report.ts'
import { isSound, nothingMeasured } from './result.ts'
import { fullRound } from './round.ts'

const machine = { cpu: 'a processor', cores: 2, memoryGb: 24, kernel: '6' }
const versions = { node: 'v24', postgres: '18.4', project: 'abc', peers: {} }
const setting = { machine, versions, citizens: 20_000, width: 16, round: fullRound, at: '2026-01-01T00:00', minutes: 3 }
const rounds = [90, 100, 120].map((perSecond) => ({ ...measuredOnce, perSecond }))
const store = { citizens: 20_000, consents: 14_000, records: 1_000_000, rounds, wrong: null }
const told = (text: string): string[] => text.split('\n').filter((line) => line !== '')

test('a run that was interrupted before anything was measured says so, and is not sound', () => {
  const result = { ...nothingMeasured(), failed: ['Error: interrupted by SIGTERM'] }
  const [head = '', ...rest] = told(reportOf(result, setting, []))
  expect(head).toContain('2 x a processor, 24 GB')
  expect(head).toContain('project at abc, 2026-01-01, 3 minutes')
  expect(rest).toEqual(['## Not measured', '- Error: interrupted by SIGTERM'])
  expect([isSound(result), isSound(nothingMeasured())]).toEqual([false, true])
})

test('a candidate that did not start has a row that says so, and one that has no round yet has none', () => {
  const rows = [
    { candidate: 'A', workload: 'W1', rounds, wrong: null },
    { candidate: 'B', workload: 'W1', rounds: [], wrong: 'did not start:\n| no' },
    { candidate: 'C', workload: 'W1', rounds: [], wrong: null },
  ]
  const result = { ...nothingMeasured(), rows }
  expect(told(reportOf(result, setting, [])).slice(4)).toEqual([
    '| A | 100 ±15 % | 10.0 | 40.0 | 4.0 | 2.00 | 1.00 | 100 | 0 |',
    '| B | void: did not start: no |  |  |  |  |  |  |  |',
  ])
  expect(isSound(result)).toBe(false)
})

test('the parts stand in one order: goals, workloads, memory, subgraphs, stores, profile', () => {
  const row = (workload: string) => ({ candidate: 'A', workload, rounds, wrong: null })
  const size = { subgraphs: 11, compose: 1, start: 1, plan: 1, rounds, wrong: null }
  const result = {
    ...nothingMeasured(),
    rows: [row('W6'), row('W5'), row('W1')],
    memory: { seconds: 60, start: 1, quarter: 1, half: 1, end: 1, most: 1 },
    sizes: [size, size] as const,
    stores: [{ what: '', usual: store, larger: { ...store, rounds: [], wrong: 'an answer failed' } }],
    profile: { workload: 'W1', measured: { ...measuredOnce, perSecond: 1 }, groups: [{ what: 'idle', us: 90 }] },
  }
  const goal = { workload: 'W1', against: 'A', bound: { least: 1 }, unit: 'x', figure: 2 } as const
  const text = told(reportOf(result, setting, [goal]))
  expect(text.filter((line) => line.startsWith('##')).map((line) => line.slice(3, 12))).toEqual([
    'Against t',
    'W1: one c',
    'W5: W1 as',
    'W6: 50 pa',
    'Memory un',
    'Subgraphs',
    'Larger st',
    'Where the',
  ])
  expect(text).toContain('| 20,000 | 14,000 | 1,000,000 | 100 ±15 % | 10.0 | 40.0 | 2.00 | 1.00 |')
  expect(text).toContain('| 20,000 | 14,000 | 1,000,000 | void: an answer failed |  |  |  |  |')
  expect(text).toContain('| idle | 10 | 100.0 |')
})
