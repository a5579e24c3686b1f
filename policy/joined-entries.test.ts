import { expect, test } from 'vitest'
import type { DisclosureEntry } from './disclosure.ts'
import { joinedEntries } from './joined-entries.ts'
import type { RowFacts } from './types.ts'

const row: RowFacts = {
  subjectClass: 'ADULT',
  relation: 'OTHER',
  jurisdiction: 'INSIDE',
  consent: 'NONE',
  case: 'NONE',
  approval: 'NONE',
  volume: 'WITHIN',
}
const entry = (coordinates: string[], more: Partial<DisclosureEntry> = {}): DisclosureEntry => ({
  subject: 'a',
  coordinates,
  outcome: 'ALLOW',
  code: null,
  level: 'L2',
  rule: 'r',
  basis: 'SELF',
  citation: 'c',
  consentId: null,
  consentVersion: null,
  caseNumber: null,
  facts: [{ row, coordinates }],
  ...more,
})

test('lines that differ in their fields alone become one, with the facts of each', () => {
  const outside = { ...row, jurisdiction: 'OUTSIDE' } as const
  const joined = joinedEntries([
    entry(['T.b']),
    entry(['U.a']),
    entry(['T.c'], { facts: [{ row: outside, coordinates: ['T.c'] }] }),
  ])
  expect(joined).toEqual([
    entry(['T.b', 'T.c', 'U.a'], {
      facts: [
        { row, coordinates: ['T.b', 'U.a'] },
        { row: outside, coordinates: ['T.c'] },
      ],
    }),
  ])
})

test('lines that differ in anything else stay apart, in their order', () => {
  const lines = [
    entry(['T.b']),
    entry(['T.b'], { subject: 'b' }),
    entry(['T.b'], { outcome: 'DENY', code: 'CONSENT_REQUIRED' }),
    entry(['T.b'], { revealAfter: new Date('2030-01-01') }),
    entry(['T.b'], { protective: true }),
  ]
  expect(joinedEntries(lines)).toEqual(lines)
})

test('what a line rests on is told in one order, whichever fetch answered first', () => {
  const outside = entry(['T.c'], { facts: [{ row: { ...row, jurisdiction: 'OUTSIDE' }, coordinates: ['T.c'] }] })
  expect(joinedEntries([outside, entry(['T.b'])])).toEqual(joinedEntries([entry(['T.b']), outside]))
})
