import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalShares } from './holders.ts'
import { createSerials } from './serials.ts'

describe('equalShares', () => {
  it('makes up exactly one, in millionths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (count) => {
        const millionths = equalShares(count).map((share) => Math.round(share * 1e6))
        expect(millionths.reduce((sum, share) => sum + share, 0)).toBe(1_000_000)
        expect(Math.max(...millionths) - Math.min(...millionths)).toBeLessThan(count)
      }),
    )
  })
})

describe('serials', () => {
  it('have the form of their day', () => {
    const serials = createSerials()
    expect(serials.issueNo('2009-12-09')).toMatch(/^[A-Z] \d{6}$/)
    expect(serials.issueNo('2009-12-10')).toMatch(/^[A-Z]{2} \d{6}$/)
    expect(serials.issueNo('2024-12-31')).toMatch(/^[A-Z]{2} \d{6}$/)
    expect(serials.issueNo('2025-01-01')).toMatch(/^[A-Z]{2} \d{8}$/)
  })
  it('come once each, beyond a million of a form, and never from the series of 2025 kept for fixed certificates', () => {
    const serials = createSerials()
    const seen = new Set<string>()
    for (let count = 0; count < 1_100_000; count++) seen.add(serials.issueNo('2015-05-05'))
    expect(seen.size).toBe(1_100_000)
    for (let count = 0; count < 1000; count++) expect(serials.issueNo('2026-01-01')).not.toMatch(/^AA /)
  })
})
