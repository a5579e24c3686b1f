import { expect, test } from 'vitest'
import { officer } from '../../../test/support/disclosures.ts'
import { loadVolumePolicy } from '../../../policy/load-policy.ts'
import type { Decision, FieldClass, Level, Relation, RowFacts, VolumeState } from '../../../policy/types.ts'
import { createPseudonyms } from '../log/pseudonym.ts'
import type { Row } from '../types.ts'
import type { Verdict } from '../../../policy/verdict.ts'
import { waitedFor } from '../verdicts.ts'
import { countedVerdicts } from './counted-verdicts.ts'
import type { Meter } from './meter.ts'
import { createReadingCounts } from './reading-counts.ts'

const facts: RowFacts = {
  subjectClass: 'ADULT',
  relation: 'OTHER',
  jurisdiction: 'INSIDE',
  consent: 'NONE',
  case: 'NONE',
  approval: 'NONE',
  volume: 'WITHIN',
}
const allowed: Decision = {
  outcome: 'ALLOW',
  conditional: false,
  level: 'L2',
  rule: 'r',
  basis: '19.1.c',
  citation: 'c',
  proposal: false,
  code: null,
  failed: null,
}
const row = (persons: readonly string[], exists = true): Row => ({
  __typename: 'Parcel',
  table: { type: 'Parcel', from: '', key: '', keyType: 'text', columns: {} },
  key: 'p1',
  persons,
  personsByField: {},
  place: [],
  when: null,
  exists,
})
const part = (person: string | null, decision: Partial<Decision> = {}, relation: Relation = 'OTHER'): Verdict => ({
  person,
  decision: { ...allowed, ...decision },
  facts: { ...facts, relation },
  consent: null,
})

/** Decides over these parts, and says who was counted as asked about and who as read. */
async function decided(parts: readonly Verdict[], of: Row, limits: { asks?: boolean; reads?: VolumeState } = {}) {
  const asked: string[] = []
  const read: string[] = []
  const verdictFor = countedVerdicts(() => ({ decision: parts[0]?.decision ?? allowed, parts }), {
    asks: (person) => asked.push(person) > 0 && (limits.asks ?? true),
    reads: (person, level) => (read.push(`${person} ${level}`) > 0 ? (limits.reads ?? 'WITHIN') : 'CORE'),
  })
  const verdict = await waitedFor(() => verdictFor({} as FieldClass, of, false))
  return { asked, read, verdict }
}

test('who is read on a basis they have no hand in counts as asked about and as read, masked too', async () => {
  for (const outcome of ['ALLOW', 'MASK'] as const) {
    const { asked, read } = await decided(
      [part('a', { outcome }), part('b', { outcome, level: 'L3' })],
      row(['a', 'b']),
    )
    expect({ asked, read }).toEqual({ asked: ['a', 'b'], read: ['a L2', 'b L3'] })
  }
})

test('oneself and those one represents are not counted', async () => {
  const parts = [part('a', { basis: 'SELF' }, 'SELF'), part('b', { basis: 'REPRESENTATIVE' }, 'REPRESENTATIVE')]
  expect(await decided(parts, row(['a', 'b']))).toMatchObject({ asked: [], read: [] })
})

test('a refused person counts as asked about, one that does not exist too, and an identifier of nobody', async () => {
  const refused = { outcome: 'DENY', code: 'CONSENT_REQUIRED', failed: 'consent' } as const
  expect(await decided([part('a', refused)], row(['a']))).toMatchObject({ asked: ['a'], read: [] })
  expect(await decided([part('a', refused)], row(['a'], false))).toMatchObject({ asked: ['a'], read: [] })
  expect(await decided([part(null, refused)], row([], false))).toMatchObject({ asked: ['Parcel p1'], read: [] })
  expect(await decided([part(null)], row([]))).toMatchObject({ asked: [], read: [] })
})

test('past a threshold the verdict is the refusal of that threshold, with the facts to decide it again', async () => {
  const { verdict } = await decided([part('a')], row(['a']), { reads: 'CORE' })
  expect(verdict.decision).toMatchObject({ outcome: 'DENY', code: 'VOLUME_LIMIT', failed: 'volume', proposal: true })
  expect(verdict.parts[0]?.facts.volume).toBe('CORE')
  const { verdict: earlier } = await decided([part('a')], row(['a']), { reads: 'IMPORTANT' })
  expect(earlier.decision).toMatchObject({ outcome: 'DENY', code: 'APPROVAL_REQUIRED' })
})

test('one person too many refuses what would be granted and what would be refused alike', async () => {
  const { verdict, read } = await decided([part('a')], row(['a']), { asks: false })
  const refused = { outcome: 'DENY', code: 'CASE_REQUIRED', failed: 'case' } as const
  const { verdict: other } = await decided([part('a', refused)], row(['a']), { asks: false })
  expect(verdict.decision).toEqual(other.decision)
  expect(verdict.decision).toMatchObject({ outcome: 'DENY', code: 'RATE_LIMITED' })
  expect(read).toEqual([])
})

test('meters: all purposes, this purpose and this caller; a budget of its own stays out of the first', () => {
  const seen: string[] = []
  const meters = {
    count: ({ organisation, purpose, caller, counted, span, limits }: Meter) => {
      seen.push(`${organisation}/${purpose}/${caller === '' ? '' : 'caller'}/${counted}/${span}/${limits.important}`)
      return 'WITHIN' as const
    },
    known: () => [],
    close: async () => undefined,
  }
  const counts = createReadingCounts(meters, loadVolumePolicy(), createPseudonyms(new Uint8Array(32)))
  const read = (level: Level, changes: Parameters<typeof officer>[0] = {}) => {
    seen.length = 0
    const { reads } = counts.of(officer(changes))
    // However many fields of a person are read, the person counts once a request.
    for (let field = 0; field < 3; field += 1) void reads('901187000102', level)
    return [...seen]
  }
  expect(read('L2')).toEqual([
    'UBND-00004///BASIC/month/95125',
    'UBND-00004/CIVIL_STATUS//BASIC/month/95125',
    'UBND-00004/CIVIL_STATUS/caller/BASIC/month/95125',
  ])
  expect(read('L3')[0]).toBe('UBND-00004///SENSITIVE/month/9512')
  expect(read('L1')).toEqual([])
  expect(read('L2', { org: 'BHXH-01', purpose: 'INSURANCE_ADMINISTRATION' })).toEqual([
    'BHXH-01/INSURANCE_ADMINISTRATION//BASIC/month/3805000',
    'BHXH-01/INSURANCE_ADMINISTRATION/caller/BASIC/month/95125',
  ])
  seen.length = 0
  void counts.of(officer()).asks('901187000102')
  expect(seen).toEqual([
    'UBND-00004/CIVIL_STATUS/caller/PERSONS/minute/300',
    'UBND-00004/CIVIL_STATUS/caller/PERSONS/hour/3000',
  ])
  expect(counts.of(officer({ kind: 'NOBODY' })).asks('901187000102')).toBe(true)
})
