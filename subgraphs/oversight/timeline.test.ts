import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisclosureEntry, DisclosureRecord } from '../../policy/disclosure.ts'
import type { Principal } from '../../policy/types.ts'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { createSealedIds } from '../kit/sealed-ids.ts'
import oversight from './index.ts'

/** `askSubgraph` asks at 2026-11-22T02:00Z. */
const askedAt = new Date('2026-11-22T02:00:00Z')
const day = 86_400_000
const daysAgo = (days: number): Date => new Date(askedAt.getTime() - days * day)

let database: OversightDatabase
let ask: ReturnType<typeof askSubgraph>['ask']
let log: ReturnType<OversightDatabase['log']>
beforeAll(async () => {
  database = await oversightDatabase()
  log = database.log({ clock: () => new Date('2026-12-01T00:00:00Z') })
  ask = askSubgraph(oversight, {
    pool: database.pool('oversight_app'),
    factsOf: (person, principal) =>
      person.startsWith('9013') && principal.personalId !== person ? { relation: 'REPRESENTATIVE', subjectClass: 'CHILD_UNDER_7' } : {},
  }).ask
})
afterAll(() => database.close())

const ids = createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }])
const citizen = (personalId: string): Principal =>
  officer({ kind: 'CITIZEN', sub: `sub-${personalId}`, personalId, org: null, orgKind: null, unit: null, roles: [], clientId: 'vneid', jurisdiction: [], purpose: null, audience: `sub-${personalId}` })

const fields = `reference at callerKind organisation { code name nameEn } unit roles app staffCode purpose { code text textEn }
  fields { coordinate name nameEn } outcome basis citation caseNumber requestId delayedUntil`

type Event = Record<string, unknown> & { requestId: string }
type History = { nodes: Event[]; edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

async function page(reader: Principal, person: string, first: number, after: string | null): Promise<History> {
  const id = ids.seal('Citizen', person, reader.audience)
  const cursor = after === null ? '' : `, after: "${after}"`
  const result = await ask(
    `{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen {
      accessHistory(first: ${first}${cursor}) { nodes { ${fields} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
    reader,
  )
  expect(result.errors).toBeUndefined()
  return (result.data as { _entities: { accessHistory: History }[] })._entities[0]?.accessHistory as History
}

/** All pages, as they came. */
async function pages(reader: Principal, person: string, first = 3): Promise<History[]> {
  const all = [await page(reader, person, first, null)]
  while (all.at(-1)?.pageInfo.hasNextPage) all.push(await page(reader, person, first, all.at(-1)?.pageInfo.endCursor ?? null))
  return all
}
const eventsOf = async (reader: Principal, person: string, first?: number): Promise<Event[]> => (await pages(reader, person, first)).flatMap(({ nodes }) => nodes)

/** A subject nobody else of this file has. */
let people = 0
const person = (prefix = '901185'): string => {
  people += 1
  return `${prefix}${String(people).padStart(6, '0')}`
}
const write = (entries: DisclosureEntry[], at: Date, principal?: Principal): Promise<void> => log.append(disclosureRecord(entries, at, principal))

describe('the timeline', () => {
  it('says who looked, where they work, why, at what and with which outcome, in both languages', async () => {
    const subject = person()
    await write([entry(subject, { coordinates: ['Citizen.accessHistory'], caseNumber: 'HT-2026-000001' })], daysAgo(1))
    expect(await eventsOf(citizen(subject), subject)).toMatchObject([
      {
        at: '2026-11-21T02:00:00.000Z',
        callerKind: 'OFFICIAL',
        organisation: { code: 'UBND-00004', name: 'Ủy ban nhân dân phường Ba Đình, Hà Nội', nameEn: "People's Committee of Ba Dinh Ward, Hanoi" },
        unit: 'Tư pháp - Hộ tịch',
        roles: ['civil-status-officer'],
        app: 'ho-tich',
        staffCode: expect.stringMatching(/^([B-Z]{4}-){3}[B-Z]{4}$/),
        purpose: { code: 'CIVIL_STATUS', text: 'Giải quyết việc hộ tịch, cư trú tại cấp xã', textEn: 'Civil status and residence matters of the commune' },
        fields: [{ coordinate: 'Citizen.accessHistory', name: 'Ai đã xem dữ liệu của công dân này, mới nhất trước', nameEn: "Who looked at this citizen's data, newest first" }],
        outcome: 'ALLOW',
        basis: '19.1.c',
        citation: 'Luật 91/2025/QH15, Điều 19 khoản 1 điểm c',
        caseNumber: 'HT-2026-000001',
        delayedUntil: null,
      },
    ])
  })

  it('shows refusals as attempts, and own reading through an app', async () => {
    const subject = person()
    await write([entry(subject, { outcome: 'DENY', code: 'OUT_OF_JURISDICTION', basis: null })], daysAgo(2))
    await write([entry(subject, { basis: 'SELF' })], daysAgo(1), citizen(subject))
    expect(await eventsOf(citizen(subject), subject)).toMatchObject([
      { basis: 'SELF', app: 'vneid', organisation: null, purpose: null },
      { outcome: 'DENY', basis: null, organisation: { code: 'UBND-00004' } },
    ])
  })

  it('holds the own entries alone, each once, newest first, whatever the page size, level and month', async () => {
    const levels = ['L1', 'L2', 'L3', 'L4']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ days: fc.integer({ min: 0, max: 70 }), level: fc.constantFrom(...levels), count: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (reads, size) => {
          const subject = person()
          const written: DisclosureRecord[] = reads.map(({ days, level, count }) =>
            disclosureRecord([...Array.from({ length: count }, () => entry(subject, { level })), entry(person(), { level })], daysAgo(days)),
          )
          await Promise.all(written.map(log.append))
          const shown = await eventsOf(citizen(subject), subject, size)
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
    const subject = person()
    await write([entry(subject)], daysAgo(1))
    for (const reader of [citizen(person()), officer()]) {
      const answers = await Promise.all(
        [subject, person()].map((one) =>
          ask(`{ _entities(representations: [{ __typename: "Citizen", id: "${ids.seal('Citizen', one, reader.audience)}" }]) { ... on Citizen { accessHistory { nodes { at } } } } }`, reader),
        ),
      )
      expect(answers[0]?.data).toEqual({ _entities: [{ accessHistory: null }] })
      expect(JSON.stringify(answers[0])).toBe(JSON.stringify(answers[1]))
    }
  })

  it('refuses page sizes and cursors that are not its own', async () => {
    const [subject, other] = [person(), person()]
    for (const one of [subject, subject, other, other]) await write([entry(one)], daysAgo(1))
    const foreign = (await page(citizen(other), other, 1, null)).pageInfo.endCursor
    const id = ids.seal('Citizen', subject, citizen(subject).audience)
    for (const args of ['first: 0', 'first: 101', 'after: "x"', `after: "${foreign}"`]) {
      const result = await ask(`{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen { accessHistory(${args}) { nodes { at } } } } }`, citizen(subject))
      expect(result.errors?.[0]?.extensions['code'], args).toBe('BAD_USER_INPUT')
    }
  })
})

describe('what Art. 19(1)(b) delays', () => {
  const hidden = (subject: string): DisclosureEntry[] => [entry(subject, { basis: '19.1.b', level: 'L3' }), entry(subject, { outcome: 'DENY', basis: null })]

  it('is not there before its day: every page is the same byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 7 }),
        fc.array(fc.integer({ min: 0, max: 179 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 4 }),
        async (visible, delayed, size) => {
          const subject = person()
          for (const days of visible) await write([entry(subject)], daysAgo(days))
          const before = JSON.stringify(await pages(citizen(subject), subject, size))
          for (const days of delayed) await write(hidden(subject), daysAgo(days))
          expect(JSON.stringify(await pages(citizen(subject), subject, size))).toBe(before)
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  it('appears in its place from that day on', async () => {
    const subject = person()
    await write([entry(subject)], daysAgo(179))
    await write(hidden(subject), daysAgo(180))
    await write([entry(subject)], daysAgo(181))
    const events = await eventsOf(citizen(subject), subject, 1)
    expect(events.map(({ basis }) => basis)).toEqual(['19.1.c', null, '19.1.b', '19.1.c'])
    expect(events[1]).toMatchObject({ at: daysAgo(180).toISOString(), delayedUntil: askedAt.toISOString() })
  })

  it('is kept out of the index that pages walk, so that their time tells nothing either', async () => {
    const indexes = await database.rows<{ definition: string }>(
      `select pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = 'disclosure_entry'::regclass and not indisprimary`,
    )
    expect(indexes.map(({ definition }) => definition.replace(/^.*USING btree /, '')).toSorted()).toEqual([
      '(subject, protective, id DESC) WHERE ((subject IS NOT NULL) AND (reveal_after IS NULL))',
      '(subject, reveal_after) WHERE ((subject IS NOT NULL) AND (reveal_after IS NOT NULL))',
    ])
  })
})

describe('what is protective', () => {
  it('is left out of what a representative sees, byte for byte, and is in the person\'s own view', async () => {
    const child = person('901322')
    const parent = citizen(person())
    for (const days of [5, 3, 1]) await write([entry(child)], daysAgo(days))
    const before = JSON.stringify(await pages(parent, child, 2))
    for (const days of [4, 2, 0]) await write([entry(child, { protective: true }), entry(child, { outcome: 'DENY' })], daysAgo(days))
    expect(JSON.stringify(await pages(parent, child, 2))).toBe(before)
    expect(await eventsOf(citizen(child), child)).toHaveLength(9)
  })

  it('stays left out after a delay has passed', async () => {
    const child = person('901322')
    await write([entry(child, { protective: true, basis: '19.1.b' })], daysAgo(200))
    expect(await eventsOf(citizen(person()), child)).toEqual([])
    expect(await eventsOf(citizen(child), child)).toHaveLength(1)
  })
})
