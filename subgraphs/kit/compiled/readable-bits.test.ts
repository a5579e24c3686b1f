import { describe, expect, test } from 'vitest'
import { isWithinPeriod } from '../../../policy/data-period.ts'
import type { Decision, FieldClass, Principal } from '../../../policy/types.ts'
import { nobody } from '../../../identity/principal.ts'
import { fieldClassOf } from '../../../test/support/field-class-of.ts'
import { absentRow } from '../find-rows.ts'
import type { Row, Table } from '../types.ts'
import type { VerdictNow } from '../verdicts.ts'
import { isWithinCounts, readableBits, widened } from './readable-bits.ts'
import type { Column, CompiledFetch, RowSelection } from './types.ts'

const table = (type: string, more: Partial<Table> = {}): Table => ({
  type,
  from: 't',
  key: 'id',
  keyType: 'text',
  columns: {},
  ...more,
})
const column = (coordinate: string, of: Table, level?: FieldClass['level']): Column => ({
  class: fieldClassOf(coordinate, level),
  sql: 'x',
  table: of,
})
const citizen = table('Citizen')
const visit = table('Visit', { when: 't.at' })
const note = table('Note')
const levelOf = (level: number, of: Table, columns: Column[]): RowSelection => ({
  level,
  table: of,
  columns,
  fields: [],
  children: [],
})
const fetch: Pick<CompiledFetch, 'levels'> = {
  levels: [
    levelOf(0, citizen, [column('Citizen.name', citizen)]),
    levelOf(1, visit, [column('Visit.code', visit, 'L0'), column('Visit.reason', visit)]),
    levelOf(2, note, [column('Note.text', note)]),
  ],
}

const officer: Principal = { ...nobody, kind: 'OFFICIAL', jurisdiction: ['01'] }
const decision = (outcome: Decision['outcome'], basis: Decision['basis']): Decision => ({
  outcome,
  basis,
  conditional: false,
  level: 'L2',
  rule: 'r',
  citation: 'c',
  proposal: false,
  code: null,
  failed: null,
})
const judged =
  (isOpen: (row: Row) => boolean, basis: Decision['basis'] = 'SELF'): VerdictNow =>
  (_field, row) => ({
    decision: decision(isOpen(row) ? 'ALLOW' : 'DENY', basis),
    parts: [],
  })
const bitsFor = (verdictFor: VerdictNow, uncounted = verdictFor, principal = officer) =>
  withoutCounts(readableBits(fetch, '979200000228', principal, { verdictFor, uncounted }))
const withoutCounts = (found: ReturnType<typeof readableBits>) =>
  found instanceof Promise ? found : { inside: found.inside, outside: found.outside }

describe('what may be read before a row is known', () => {
  test('is everything that every row of the person opens, and what is open to all', () => {
    expect(bitsFor(judged(() => true))).toEqual({ inside: [1, 3, 1], outside: [1, 3, 1] })
    expect(bitsFor(judged(() => false))).toEqual({ inside: [0, 1, 0], outside: [0, 1, 0] })
  })

  test('is nothing of rows whose date a consent may not reach, nor of rows below them', () => {
    const inYear = judged(({ when }) => isWithinPeriod(when, '2025-01-01', '2025-12-31'), 'CONSENT')
    expect(bitsFor(inYear)).toEqual({ inside: [1, 1, 0], outside: [1, 1, 0] })
    expect(bitsFor(judged(({ when }) => isWithinPeriod(when, null, null), 'CONSENT'))).toMatchObject({
      outside: [1, 3, 1],
    })
  })

  test('differs by place, and leaves out what counts as a reading in one place alone', () => {
    const inside = (row: Row) => row.place.includes('01')
    expect(bitsFor(judged(inside, 'SHARED'))).toEqual({ inside: [1, 3, 1], outside: [0, 1, 0] })
    expect(bitsFor(judged(inside, '19.1.c'))).toEqual({ inside: [0, 1, 0], outside: [0, 1, 0] })
  })

  test('counts a reading before it is allowed', () => {
    const full = judged(() => false)
    expect(
      bitsFor(
        full,
        judged(() => true, '19.1.c'),
      ),
    ).toEqual({ inside: [0, 1, 0], outside: [0, 1, 0] })
  })

  test('is the same for those whose facts are alike, as long as they are within the counts', () => {
    const open = judged(() => true, '19.1.c')
    const bits = readableBits(fetch, '979200000228', officer, { verdictFor: open, uncounted: open })
    if (bits instanceof Promise) throw new Error('everything is known')
    expect(bits).toMatchObject({ isWithin: true, counted: [{ class: { level: 'L2' } }] })
    const shut = judged(() => false)
    expect(isWithinCounts(fetch, '979200000229', bits, open)).toBe(true)
    expect(isWithinCounts(fetch, '979200000229', bits, shut)).toBe(false)
    expect(isWithinCounts(fetch, '979200000229', bits, () => Promise.resolve())).toBeInstanceOf(Promise)
    expect(readableBits(fetch, '979200000229', officer, { verdictFor: shut, uncounted: open })).toMatchObject({
      isWithin: false,
      outside: [0, 1, 0],
    })
  })

  test('waits for what is not known', async () => {
    const waiting = bitsFor(() => Promise.resolve())
    expect(waiting).toBeInstanceOf(Promise)
    await waiting
  })
})

describe('what the rows themselves open beside', () => {
  const known = new Map([['a', { inside: [0, 1], outside: [0, 1] }]])
  const unread = (persons: string[], basis: Decision['basis'], place: string[]) => [
    { level: 1, column: 1, basis, row: { ...absentRow(visit, 'v'), persons, place, exists: true } },
  ]

  test('is read in a second statement, in that place alone', () => {
    expect(widened(known, unread(['a'], '19.1.c', ['01']), officer)?.get('a')).toEqual({
      inside: [0, 3],
      outside: [0, 1],
    })
  })

  test('is for the plain path where a row speaks of several, or a consent opened it by its date', () => {
    expect(widened(known, unread(['a', 'b'], '19.1.c', ['01']), officer)).toBeNull()
    expect(widened(known, unread(['a'], 'CONSENT', ['01']), officer)).toBeNull()
  })
})
