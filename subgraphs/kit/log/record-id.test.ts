import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordId } from './record-id.ts'

const time = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })

describe('recordId', () => {
  it('is a UUIDv8 that says class and time and ends where entries count', () => {
    const id = recordId(4, new Date(0x0199_1234_56_78), () => new Uint8Array(7).fill(0xff))
    expect(id).toBe('04019912-3456-878f-bfff-ffffffff0000')
  })

  it('sorts by class and then by time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        time,
        fc.integer({ min: 1, max: 5 }),
        time,
        (classA, a, classB, b) => {
          fc.pre(classA !== classB || a.getTime() !== b.getTime())
          const isBefore = classA < classB || (classA === classB && a < b)
          expect(recordId(classA, a) < recordId(classB, b)).toBe(isBefore)
        },
      ),
    )
  })

  it('never repeats in practice', () => {
    const at = new Date()
    const ids = new Set(Array.from({ length: 10_000 }, () => recordId(3, at)))
    expect(ids.size).toBe(10_000)
  })
})
