import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import { citizen, daysAgo, someone, timelines } from '../../test/support/ask-timeline.ts'
import type { Timelines } from '../../test/support/ask-timeline.ts'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'

let log: Timelines
beforeAll(async () => {
  log = await timelines()
})
afterAll(() => log.close())

describe('the timeline', () => {
  it('says who looked, where they work, why, at what and with which outcome, in both languages', async () => {
    const subject = someone()
    await log.write(
      [entry(subject, { coordinates: ['Citizen.accessHistory'], caseNumber: 'HT-2026-000001' })],
      daysAgo(1),
    )
    expect(await log.events(citizen(subject), subject)).toMatchObject([
      {
        at: '2026-11-21T02:00:00.000Z',
        callerKind: 'OFFICIAL',
        organisation: {
          code: 'UBND-00004',
          name: 'Ủy ban nhân dân phường Ba Đình, Hà Nội',
          nameEn: "People's Committee of Ba Dinh Ward, Hanoi",
        },
        unit: 'Tư pháp - Hộ tịch',
        roles: ['civil-status-officer'],
        app: 'ho-tich',
        staffCode: expect.stringMatching(/^([B-Z]{4}-){3}[B-Z]{4}$/),
        purpose: {
          code: 'CIVIL_STATUS',
          text: 'Giải quyết việc hộ tịch, cư trú tại cấp xã',
          textEn: 'Civil status and residence matters of the commune',
        },
        fields: [
          {
            coordinate: 'Citizen.accessHistory',
            name: 'Ai đã xem dữ liệu của công dân này, mới nhất trước',
            nameEn: "Who looked at this citizen's data, newest first",
          },
        ],
        outcome: 'ALLOW',
        basis: '19.1.c',
        citation: 'Luật 91/2025/QH15, Điều 19 khoản 1 điểm c',
        caseNumber: 'HT-2026-000001',
        delayedUntil: null,
      },
    ])
  })

  it('shows refusals as attempts, and own reading through an app', async () => {
    const subject = someone()
    await log.write([entry(subject, { outcome: 'DENY', code: 'OUT_OF_JURISDICTION', basis: null })], daysAgo(2))
    await log.write([entry(subject, { basis: 'SELF' })], daysAgo(1), citizen(subject))
    expect(await log.events(citizen(subject), subject)).toMatchObject([
      { basis: 'SELF', app: 'vneid', organisation: null, purpose: null },
      { outcome: 'DENY', basis: null, organisation: { code: 'UBND-00004' } },
    ])
  })

  it('holds the own entries alone, each once, newest first, whatever the page size, level and month', async () => {
    const levels = ['L1', 'L2', 'L3', 'L4']
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            days: fc.integer({ min: 0, max: 70 }),
            level: fc.constantFrom(...levels),
            count: fc.integer({ min: 1, max: 3 }),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 6 }),
        async (reads, size) => {
          const subject = someone()
          const written: DisclosureRecord[] = reads.map(({ days, level, count }) =>
            disclosureRecord(
              [...Array.from({ length: count }, () => entry(subject, { level })), entry(someone(), { level })],
              daysAgo(days),
            ),
          )
          await Promise.all(written.map((record) => log.append(record)))
          const shown = await log.events(citizen(subject), subject, size)
          const expected = written.flatMap(({ requestId, entries }) => entries.slice(1).map(() => requestId))
          expect(shown.map(({ requestId }) => requestId).toSorted()).toEqual(expected.toSorted())
          expect(new Set(shown.map(({ reference }) => reference)).size).toBe(shown.length)
          const times = shown.map(({ at }) => String(at))
          expect(times).toEqual(times.toSorted().toReversed())
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  it('is not for anybody else, and says so alike for a person nobody asked about', async () => {
    const subject = someone()
    await log.write([entry(subject)], daysAgo(1))
    for (const reader of [citizen(someone()), officer()]) {
      const answer = await log.ask(reader, subject, '', 'nodes { at }')
      expect(answer.data).toEqual({ _entities: [{ accessHistory: null }] })
      expect(JSON.stringify(await log.ask(reader, someone(), '', 'nodes { at }'))).toBe(JSON.stringify(answer))
    }
  })

  it('refuses page sizes and cursors that are not its own', async () => {
    const [subject, other] = [someone(), someone()]
    for (const one of [subject, subject, other, other]) await log.write([entry(one)], daysAgo(1))
    const foreign = (await log.pages(citizen(other), other, 1))[0]?.pageInfo.endCursor
    for (const args of ['first: 0', 'first: 101', 'after: "x"', `after: "${foreign}"`]) {
      const result = await log.ask(citizen(subject), subject, args)
      expect(result.errors?.[0]?.extensions['code'], args).toBe('BAD_USER_INPUT')
    }
  })
})
