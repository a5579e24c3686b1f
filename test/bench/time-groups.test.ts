import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { type CpuProfile, timeGroups } from './time-groups.ts'

const file = (path: string): string => pathToFileURL(join(import.meta.dirname, '../..', path)).href
const frames: readonly [id: number, name: string, url: string, ...children: number[]][] = [
  [1, '(root)', '', 2, 3, 4, 9],
  [2, '(idle)', ''],
  [3, '(garbage collector)', ''],
  [4, 'onRequest', file('node_modules/fastify/lib/route.js'), 5, 7],
  [5, 'runRequest', file('subgraphs/kit/run-request.ts'), 6],
  [6, 'write', 'node:net'],
  [7, 'query', file('node_modules/pg/lib/client.js'), 8],
  [8, 'writev', ''],
  [9, 'processTicksAndRejections', 'node:internal/process/task_queues', 10, 11],
  [10, 'signRecord', file('subgraphs/kit/log/sign-record.ts'), 12],
  [11, 'parse', file('node_modules/@apollo/server/node_modules/graphql/language/parser.mjs')],
  [12, 'createHash', 'node:crypto'],
]
const profile = (...samples: number[]): CpuProfile => ({
  nodes: frames.map(([id, functionName, url, ...children]) => ({
    id,
    callFrame: { functionName, url, lineNumber: 0 },
    children,
  })),
  samples,
  timeDeltas: samples.map(() => 10),
  startTime: 1000,
  endTime: 1000 + samples.length * 10,
})
const always = { from: 0, to: Number.POSITIVE_INFINITY }

test('a sample is of the innermost frame that is part of something', () => {
  expect(timeGroups(profile(6, 8, 12, 11), always)).toEqual([
    { what: 'statements and rows', us: 10 },
    { what: 'the PostgreSQL wire', us: 10 },
    { what: 'the record', us: 10 },
    { what: 'parsing, validation and limits', us: 10 },
  ])
})

test('what is part of nothing is Node’s own, and waiting is told apart; the most comes first', () => {
  expect(timeGroups(profile(3, 9, 9, 2, 2, 2), always)).toEqual([
    { what: 'idle', us: 30 },
    { what: 'Node itself: sockets, timers, promises', us: 20 },
    { what: 'collecting garbage', us: 10 },
  ])
})

test('samples before and after the measurement do not count', () => {
  expect(timeGroups(profile(2, 2, 6, 2), { from: 1025, to: 1035 })).toEqual([{ what: 'statements and rows', us: 10 }])
})
