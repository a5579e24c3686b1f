import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPermutation } from './permutation.ts'

describe('permutation', () => {
  it('gives every number of its range once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.string(), (size, key) => {
        const permute = createPermutation(size, key)
        expect(new Set(Array.from({ length: size }, (_, index) => permute(index))).size).toBe(size)
      }),
      { numRuns: 40 },
    )
  })

  it('stays in a large range and differs by key', () => {
    const one = createPermutation(300_000_000, 'one')
    const other = createPermutation(300_000_000, 'other')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 299_999_999 }), (index) => {
        expect(one(index)).toBeGreaterThanOrEqual(0)
        expect(one(index)).toBeLessThan(300_000_000)
      }),
    )
    expect([1, 2, 3].map(one)).not.toEqual([1, 2, 3].map(other))
    expect(() => one(300_000_000)).toThrow(RangeError)
  })
})
