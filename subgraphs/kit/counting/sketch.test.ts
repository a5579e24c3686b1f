import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptySketch, estimate, holds, markOf, openness, raise, registerCount, relativeError, union } from './sketch.ts'

const mark = (series: number, subject: number) =>
  markOf(createHmac('sha256', `key ${series}`).update(String(subject)).digest())

function sketchOf(series: number, from: number, to: number) {
  const sketch = emptySketch()
  for (let subject = from; subject < to; subject += 1) raise(sketch, mark(series, subject))
  return sketch
}

test.each([1, 30, 300, 3000, 10_000, 30_000])('%i subjects are counted within the bound of the literature', (size) => {
  const series = size >= 10_000 ? 12 : 40
  const errors = Array.from({ length: series }, (_, n) => (estimate(sketchOf(n, 0, size)) - size) / size)
  const rootMeanSquare = Math.hypot(...errors) / Math.sqrt(series)
  const mean = errors.reduce((sum, error) => sum + error, 0) / series
  // 1.04/sqrt(m) for one; the mean square of some dozens spreads by a fifth, the mean by one over their root.
  expect(rootMeanSquare).toBeLessThan(relativeError * 1.6)
  expect(Math.abs(mean)).toBeLessThan((3 * relativeError) / Math.sqrt(series))
})

test('an empty sketch holds nobody', () => {
  expect(estimate(emptySketch())).toBe(0)
})

test('a subject put in twice counts once', () => {
  const once = sketchOf(1, 0, 500)
  const twice = Uint8Array.from(once)
  for (let subject = 0; subject < 500; subject += 1) {
    expect(holds(twice, mark(1, subject))).toBe(true)
    raise(twice, mark(1, subject))
  }
  expect(twice).toEqual(once)
})

test('a union is the sketch of all subjects, whichever way they were shared out', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), (first, second) => {
      const [from, to] = [Math.min(first, second), Math.max(first, second)]
      const merged = union([sketchOf(2, 0, to), sketchOf(2, from, 400)])
      expect(merged).toEqual(sketchOf(2, 0, 400))
    }),
    { numRuns: 20 },
  )
})

test('what still raises a register is worth one subject at first and more later', () => {
  expect(openness(emptySketch())).toBe(1)
  const size = 20_000
  // Each raise counted at what it was worth is an estimate too (Cohen 2015, Ting 2014).
  const sketch = emptySketch()
  let worth = 0
  let sum = registerCount
  for (let subject = 0; subject < size; subject += 1) {
    const one = mark(3, subject)
    if (holds(sketch, one)) continue
    worth += registerCount / sum
    sum -= 2 ** -(sketch[one.register] ?? 0) - 2 ** -one.rank
    raise(sketch, one)
  }
  expect(Math.abs(worth - size) / size).toBeLessThan(3 * relativeError)
  expect(sum / registerCount).toBeCloseTo(openness(sketch), 9)
})
