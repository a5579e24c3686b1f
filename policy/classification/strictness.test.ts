import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelOf } from './level-of.ts'
import { joinAxes, laxerThan } from './strictness.ts'
import { importances, personalCategories, secrecies, sharings } from './vocabulary.ts'

const axes = fc.record({
  sharing: fc.constantFrom(...sharings),
  importance: fc.constantFrom(...importances),
  secrecy: fc.constantFrom(...secrecies),
  personal: fc.subarray([...personalCategories]),
  inferring: fc.subarray([...personalCategories]),
})
const open = { sharing: 'OPEN', importance: 'OTHER', secrecy: 'NONE', personal: [], inferring: [] } as const

describe('the order of classes', () => {
  it('puts a join above each of its parts, whatever their order', () => {
    fc.assert(
      fc.property(axes, axes, (one, other) => {
        const join = joinAxes(one, other)
        expect(laxerThan(join, one)).toEqual([])
        expect(laxerThan(join, other)).toEqual([])
        expect(joinAxes(other, one)).toEqual(join)
      }),
    )
  })

  it('never gives a stricter class a lower level', () => {
    fc.assert(
      fc.property(axes, axes, (one, other) => {
        fc.pre(laxerThan(one, other).length === 0)
        expect(levelOf(one) >= levelOf(other)).toBe(true)
      }),
    )
  })

  it('names each axis on which one class is laxer', () => {
    const strict = { ...open, sharing: 'RESTRICTED', importance: 'IMPORTANT', personal: ['B1', 'S_D'] } as const
    expect(laxerThan({ ...open, inferring: ['B1'] }, strict)).toEqual([
      'sharing OPEN is below RESTRICTED',
      'importance OTHER is below IMPORTANT',
      'personal lacks S_D',
    ])
  })
})

describe('the level', () => {
  it.each([
    ['open and impersonal', open, 'L0'],
    ['shared and impersonal', { ...open, sharing: 'SHARED' }, 'L1'],
    ['restricted and impersonal', { ...open, sharing: 'RESTRICTED' }, 'L1'],
    ['basic personal data, though open', { ...open, personal: ['B1'] }, 'L2'],
    ['what gives basic data away', { ...open, inferring: ['B2'] }, 'L2'],
    ['sensitive data', { ...open, personal: ['B11', 'S_A'] }, 'L3'],
    ['what gives sensitive data away', { ...open, personal: ['B11'], inferring: ['S_C'] }, 'L3'],
    ['biometrics', { ...open, personal: ['S_DD'] }, 'L4'],
    ['crime', { ...open, personal: ['S_G'] }, 'L4'],
    ['what gives a credential away', { ...open, inferring: ['S_I'] }, 'L4'],
    ['important data, impersonal', { ...open, importance: 'IMPORTANT' }, 'L4'],
    ['core data', { ...open, importance: 'CORE' }, 'L5'],
    ['a state secret', { ...open, secrecy: 'CONFIDENTIAL' }, 'L5'],
  ] as const)('of %s', (_what, one, level) => {
    expect(levelOf(one)).toBe(level)
  })
})
