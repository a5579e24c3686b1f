import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('random numbers', () => {
  it('repeat for the same path and differ for any other', () => {
    const draws = (seed: number, ...path: string[]): string => {
      const random = createRandom(seed, ...path)
      return [random.next(), random.next(), random.int(0, 1e6)].join()
    }
    expect(draws(1, 'a', 'b')).toBe(draws(1, 'a', 'b'))
    expect(
      new Set([draws(1, 'a', 'b'), draws(2, 'a', 'b'), draws(1, 'ab'), draws(1, 'a', 'c'), draws(1, 'b', 'a')]).size,
    ).toBe(5)
  })

  it('stay within bounds and spread evenly', () => {
    const random = createRandom(4)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let draw = 0; draw < 20_000; draw++) counts[random.int(0, 9)]!++
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(250)
  })

  it('pick by weight, and refuse to pick from nothing', () => {
    const random = createRandom(4)
    const picks = Array.from({ length: 4000 }, () =>
      random.weighted(['rare', 'often'], (item) => (item === 'rare' ? 1 : 9)),
    )
    const rare = picks.filter((pick) => pick === 'rare').length
    expect(rare).toBeGreaterThan(300)
    expect(rare).toBeLessThan(500)
    expect(() => random.pick([])).toThrow(RangeError)
  })
})
