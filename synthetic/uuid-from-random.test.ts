import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'
import { uuidFromRandom } from './uuid-from-random.ts'

const draw = (label: string, count: number): string[] => {
  const random = createRandom(7, label)
  return Array.from({ length: count }, () => uuidFromRandom(random))
}

describe('uuidFromRandom', () => {
  it('gives well-formed version 8 UUIDs', () => {
    for (const id of draw('form', 200))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('never comes twice, also from different paths', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => draw(`path-${index}`, 10)).flat()
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same for the same path and reveals no order', () => {
    const ids = draw('order', 50)
    expect(draw('order', 50)).toEqual(ids)
    expect(ids.toSorted()).not.toEqual(ids)
  })
})
