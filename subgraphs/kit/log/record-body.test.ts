import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disclosureRecord, entry, officer } from '../../../test/support/disclosures.ts'
import type { DisclosureRecord } from '../types.ts'
import { entryHash } from '../../../evidence/statement.ts'
import { canonicalJson } from '../../../evidence/canonical-json.ts'
import { closedRow } from '../../../policy/decide-early.ts'
import { createPseudonyms } from './pseudonym.ts'
import { bodyFromContent, contentFromRecord } from './record-body.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32))
const policy = { revealDelayDays: { '19.1.b': 180 }, delayedPurposes: new Set(['INVESTIGATION']) }
const at = new Date('2026-03-01T08:00:00.000Z')
const subject = '901085000101'

const bodyOf = (record: DisclosureRecord): string =>
  bodyFromContent(contentFromRecord(record, pseudonyms, policy), 'population/00000000-0000-4000-8000-000000000000', 7)
const entriesOf = (record: DisclosureRecord): Record<string, unknown>[] =>
  contentFromRecord(record, pseudonyms, policy).entries.map((text) => JSON.parse(text))

describe('a record body', () => {
  it('is canonical, and says writer and counter', () => {
    const body = bodyOf(disclosureRecord([entry(subject)], at))
    const value = JSON.parse(body)
    expect(canonicalJson(value)).toBe(body)
    expect(value).toMatchObject({
      v: 3,
      writer: 'population/00000000-0000-4000-8000-000000000000',
      counter: 7,
      at: '2026-03-01T08:00:00.000Z',
    })
  })

  it('holds no personal number, wherever the caller put one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^9\d{11}$/), (number) => {
        const principal = officer({
          kind: 'CITIZEN',
          sub: number,
          personalId: number,
          caseNumber: `HS-${number}`,
          clientId: `app${number}`,
          actor: number,
        })
        const record = disclosureRecord([entry(number, { caseNumber: number })], at, principal)
        const body = bodyOf({ ...record, operation: `Q${number}`, requestId: number, traceId: `x${number}` })
        expect(body).not.toContain(number)
        expect(JSON.stringify(entriesOf(record))).not.toContain(number)
      }),
    )
  })

  it('says the fields of each group of facts but where it is the only one, in canonical form', () => {
    const coordinates = ['Citizen.fullName', 'Citizen.sex']
    const all = { row: closedRow, coordinates }
    const some = { row: { ...closedRow, relation: 'SELF' as const }, coordinates: ['Citizen.sex'] }
    const record = disclosureRecord(
      [[all], [all], [all, some], []].map((facts) => entry(subject, { coordinates, facts })),
      at,
    )
    const { entries } = contentFromRecord(record, pseudonyms, policy)
    expect(entries.map((text) => canonicalJson(JSON.parse(text)))).toEqual(entries)
    expect(entriesOf(record).map(({ facts }) => facts)).toEqual([
      [{ row: all.row }],
      [{ row: all.row }],
      [{ row: all.row }, some],
      [],
    ])
  })

  it('names its entries by their hashes, each salted, so that one is shown without the others', () => {
    const record = disclosureRecord([entry(subject), entry(subject)], at)
    const { members, entries } = contentFromRecord(record, pseudonyms, policy)
    expect(new Map(members).get('entries')).toBe(JSON.stringify(entries.map(entryHash)))
    expect(new Set(entries).size).toBe(2)
    expect(entries.map((text) => canonicalJson(JSON.parse(text)))).toEqual(entries)
    const [one, other] = entriesOf(record).map(({ salt: _salt, ...said }) => said)
    expect(one).toEqual(other)
  })

  it('keeps the longest class among its levels', () => {
    const classOf = (...levels: string[]): string =>
      JSON.parse(
        bodyOf(
          disclosureRecord(
            levels.map((level) => entry(subject, { level })),
            at,
          ),
        ),
      ).id.slice(0, 2)
    expect([
      classOf(),
      classOf('L0'),
      classOf('L1', 'L0'),
      classOf('L2'),
      classOf('L1', 'L3'),
      classOf('L4'),
      classOf('L5'),
    ]).toEqual(['02', '01', '02', '03', '04', '05', '05'])
  })

  it('refuses a level and an outcome that do not exist', () => {
    expect(() => bodyOf(disclosureRecord([entry(subject, { level: 'L6' })], at))).toThrow(TypeError)
    expect(() => bodyOf(disclosureRecord([entry(subject, { outcome: 'MAYBE' as never })], at))).toThrow(TypeError)
  })
})

describe('the day from which a subject sees a record', () => {
  const delayed = '2026-08-28T08:00:00.000Z'
  const dates = (record: DisclosureRecord): unknown[] => entriesOf(record).map(({ revealAfter }) => revealAfter)

  it('is at once by default', () => {
    expect(dates(disclosureRecord([entry(subject)], at))).toEqual([null])
  })

  it('is 180 days later on Art. 19(1)(b), for the refusals beside it too', () => {
    const entries = [entry(subject, { basis: '19.1.b' }), entry(subject, { outcome: 'DENY', basis: null })]
    expect(dates(disclosureRecord(entries, at))).toEqual([delayed, delayed])
  })

  it('is as late for a refused attempt on a purpose that rests on it', () => {
    const entries = [entry(subject, { outcome: 'DENY', basis: null })]
    expect(dates(disclosureRecord(entries, at, officer({ purpose: 'INVESTIGATION' })))).toEqual([delayed])
  })

  it("can be put off by an entry's own date, not brought forward", () => {
    const later = new Date('2027-03-01T00:00:00.000Z')
    const sooner = new Date('2026-03-02T00:00:00.000Z')
    expect(dates(disclosureRecord([entry(subject, { basis: '19.1.b', revealAfter: later })], at))).toEqual([
      later.toISOString(),
    ])
    expect(dates(disclosureRecord([entry(subject, { basis: '19.1.b', revealAfter: sooner })], at))).toEqual([delayed])
    expect(dates(disclosureRecord([entry(subject, { revealAfter: sooner })], at))).toEqual([sooner.toISOString()])
  })
})

describe('protective entries', () => {
  it('make the other entries on the same person protective, and nobody else', () => {
    const entries = [entry(subject, { protective: true }), entry(subject), entry('901187000102')]
    expect(entriesOf(disclosureRecord(entries, at)).map(({ protective }) => protective)).toEqual([true, true, false])
  })
})
