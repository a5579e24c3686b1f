import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisclosureEntry } from '../../policy/disclosure.ts'
import { askedAt, citizen, daysAgo, someone, timelines } from '../../test/support/ask-timeline.ts'
import type { Timelines } from '../../test/support/ask-timeline.ts'
import { entry } from '../../test/support/disclosures.ts'

let log: Timelines
beforeAll(async () => {
  log = await timelines()
})
afterAll(() => log.close())

describe('what Art. 19(1)(b) delays', () => {
  const hidden = (subject: string): DisclosureEntry[] => [
    entry(subject, { basis: '19.1.b', level: 'L3' }),
    entry(subject, { outcome: 'DENY', basis: null }),
  ]

  it('is not there before its day: every page is the same byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 7 }),
        fc.array(fc.integer({ min: 0, max: 179 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 4 }),
        async (visible, delayed, size) => {
          const subject = someone()
          for (const days of visible) await log.write([entry(subject)], daysAgo(days))
          const before = JSON.stringify(await log.pages(citizen(subject), subject, size))
          for (const days of delayed) await log.write(hidden(subject), daysAgo(days))
          expect(JSON.stringify(await log.pages(citizen(subject), subject, size))).toBe(before)
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  it('appears in its place from that day on', async () => {
    const subject = someone()
    await log.write([entry(subject)], daysAgo(179))
    await log.write(hidden(subject), daysAgo(180))
    await log.write([entry(subject)], daysAgo(181))
    const events = await log.events(citizen(subject), subject, 1)
    expect(events.map(({ basis }) => basis)).toEqual(['19.1.c', null, '19.1.b', '19.1.c'])
    expect(events[1]).toMatchObject({ at: daysAgo(180).toISOString(), delayedUntil: askedAt.toISOString() })
  })
})

describe('what is protective', () => {
  it("is left out of what a representative sees, byte for byte, and is in the person's own view", async () => {
    const child = someone('901322')
    const parent = citizen(someone())
    for (const days of [5, 3, 1]) await log.write([entry(child)], daysAgo(days))
    const before = JSON.stringify(await log.pages(parent, child, 2))
    for (const days of [4, 2, 0])
      await log.write([entry(child, { protective: true }), entry(child, { outcome: 'DENY' })], daysAgo(days))
    expect(JSON.stringify(await log.pages(parent, child, 2))).toBe(before)
    expect(await log.events(citizen(child), child)).toHaveLength(9)
  })

  it('stays left out after a delay has passed', async () => {
    const child = someone('901322')
    await log.write([entry(child, { protective: true, basis: '19.1.b' })], daysAgo(200))
    expect(await log.events(citizen(someone()), child)).toEqual([])
    expect(await log.events(citizen(child), child)).toHaveLength(1)
  })
})
