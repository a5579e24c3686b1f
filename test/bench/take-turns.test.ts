import { expect, test } from 'vitest'
import type { Round } from './round.ts'
import { type Entrant, orderOf, takeTurns } from './take-turns.ts'

const short = { slice: 0.001, requests: 1, atMost: 0.01 }
const round: Round = { rounds: 2, seconds: 0.001, warm: short, compared: 1, people: 1 }
const entrant = (ask: Entrant['ask']): Entrant => ({
  ask,
  own: [],
  database: () => [],
  row: { rounds: [], wrong: null },
})

test('nobody has a place: each comes first, in the middle and last equally often', () => {
  const rounds = [0, 1, 2].map((n) => orderOf(n, 3, 9))
  expect(rounds[1]).toEqual([3, 4, 5, 6, 7, 8, 0, 1, 2])
  for (let candidate = 0; candidate < 9; candidate += 1)
    expect(rounds.map((order) => Math.floor(order.indexOf(candidate) / 3)).toSorted()).toEqual([0, 1, 2])
})

test('two take turns at being first, and every round has everybody once', () => {
  expect([0, 1, 2].map((n) => orderOf(n, 3, 2))).toEqual([
    [0, 1],
    [1, 0],
    [0, 1],
  ])
  expect(orderOf(4, 5, 3).toSorted()).toEqual([0, 1, 2])
})

test('whoever answers wrongly or not at all is void, and the others are measured', async () => {
  const [right, wrong, silent] = [
    entrant(() => Promise.resolve(null)),
    entrant(() => Promise.resolve('500 nothing')),
    entrant(() => Promise.reject(new Error('ECONNREFUSED'))),
  ]
  await takeTurns([wrong, silent, right], round, new AbortController().signal)
  expect([right, wrong, silent].map(({ row }) => row.rounds.length)).toEqual([2, 1, 1])
  expect(right.row.wrong).toBe(null)
  expect(wrong.row.wrong).toMatch(/^(\d+) of \1 answers failed: 500 nothing$/)
  expect(silent.row.wrong).toMatch(/no answer: ECONNREFUSED$/)
})

test('an interrupted run keeps the rounds that it has, and voids nobody', async () => {
  const stop = new AbortController()
  const first = entrant(() => Promise.resolve(null))
  const second = entrant(() => {
    stop.abort(new Error('interrupted'))
    return Promise.reject(new Error('ECONNRESET'))
  })
  await expect(takeTurns([first, second], round, stop.signal)).rejects.toThrow('interrupted')
  expect(first.row).toMatchObject({ rounds: [{ failed: 0 }], wrong: null })
  expect(second.row).toEqual({ rounds: [], wrong: null })
})
