import { expect, test } from 'vitest'
import { isSteady, warmUp } from './warm-up.ts'

const slices = (...costs: number[]) => costs.map((cpuMs) => ({ requests: 100, cpuMs }))

test('is steady once two slices were no cheaper than those before', () => {
  expect(isSteady(slices(9, 5, 4), 300)).toBe(false)
  expect(isSteady(slices(9, 5, 4, 4.1), 300)).toBe(false)
  expect(isSteady(slices(9, 5, 4, 4.1, 3.9), 300)).toBe(true)
  expect(isSteady(slices(4, 4, 4), 300)).toBe(true)
})

test('a slice that somebody else made dear does not end the warm-up, and one that was cheap by chance prolongs it', () => {
  expect(isSteady(slices(9, 5, 7, 4), 300)).toBe(false)
  expect(isSteady(slices(9, 3, 4, 4), 300)).toBe(true)
})

test('neither two slices nor too few requests say that it is steady', () => {
  expect(isSteady(slices(4, 4), 0)).toBe(false)
  expect(isSteady(slices(4, 4, 4), 301)).toBe(false)
})

test('goes on where the slice before stopped', async () => {
  const asked: number[] = []
  const ask = (_: number, n: number): Promise<null> => {
    asked.push(n)
    return Promise.resolve(null)
  }
  await warmUp(ask, [], { slice: 0.001, requests: 1, atMost: 60 })
  expect(asked.filter((n) => n === 0).length).toBe(16)
  expect(Math.max(...asked)).toBeGreaterThan(1)
})

test('ends in any case', async () => {
  const warm = { slice: 0.001, requests: Number.POSITIVE_INFINITY, atMost: 0.01 }
  await expect(warmUp(() => Promise.resolve(null), [], warm)).resolves.toBe(undefined)
})
