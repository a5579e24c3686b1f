import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadVolumePolicy } from '../../../policy/load-policy.ts'
import type { Principal } from '../../../policy/types.ts'
import { askedAt } from '../../../test/support/ask-timeline.ts'
import { askSubgraph, type AskedSubgraph } from '../../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../../test/support/disclosures.ts'
import { oversightDatabase, type OversightDatabase } from '../../../test/support/oversight-database.ts'
import { openCounts } from '../../kit/counting/open-counts.ts'
import { createPseudonyms } from '../../kit/log/pseudonym.ts'
import oversight from '../index.ts'
import { registerStaffRelations } from '../register-relations.ts'

/** 20 November 2026 is a Friday; hours are Viet Nam's. */
const at = (day: number, hour: number): Date => new Date(Date.UTC(2026, 10, day, hour - 7, 30))
const person = (n: number): string => `901185${String(n).padStart(6, '0')}`
const reviewer = officer({
  kind: 'REVIEWER',
  org: 'TTATTT',
  orgKind: 'REVIEW_BODY',
  purpose: 'ACCESS_REVIEW',
  sub: 'r',
})
const pseudonyms = createPseudonyms(new Uint8Array(32))
const few = { important: 20, core: 40 }
const policy = { ...loadVolumePolicy(), budgets: [], thresholds: { citation: 'QĐ 20', basic: few, sensitive: few } }

let database: OversightDatabase
let graph: AskedSubgraph
let close: () => Promise<void>
/** Name of what was planted -> the request ids behind it. */
const planted = new Map<string, string[]>()

beforeAll(async () => {
  database = await oversightDatabase()
  const log = database.log({ clock: () => askedAt })
  const counts = openCounts({
    pool: database.pool('oversight_writer'),
    pseudonymKey: new Uint8Array(32),
    policy,
    clock: () => askedAt,
  })
  graph = askSubgraph(oversight, { pool: database.pool('oversight_app'), counts })
  close = counts.close

  const write = async (
    name: string | null,
    time: Date,
    principal: Partial<Principal>,
    subject: number,
    changes: Parameters<typeof entry>[1] = {},
  ): Promise<void> => {
    const record = disclosureRecord(
      [entry(person(subject), changes)],
      time,
      officer({ caseNumber: 'HT-1', ...principal }),
    )
    if (name !== null) planted.set(name, [...(planted.get(name) ?? []), record.requestId])
    await log.append(record)
  }
  await registerStaffRelations(database.pool('oversight_registrar'), pseudonyms, [
    { organisation: 'UBND-00004', account: 'aunt', person: person(900), kind: 'SIBLING' },
    { organisation: 'UBND-26740', account: 'namesake', person: person(901), kind: 'CHILD' },
  ])

  // An ordinary week: everybody within office hours, with a case, each person read by one officer.
  for (let n = 0; n < 25; n += 1) await write(null, at(17 + (n % 4), 8 + (n % 10)), { sub: `officer-${n % 3}` }, n)
  // Not worth a look: a doctor at night, a citizen's own reading, a refusal at night, the same account name elsewhere,
  // four callers on one day, five on two days, a system at night.
  const doctor = { org: 'BV-01001', purpose: 'TREATMENT', sub: 'doctor' }
  await write(null, at(20, 23), doctor, 100, { basis: '19.1.d' })
  const self = { kind: 'CITIZEN', org: null, sub: 'citizen', purpose: null, caseNumber: null } as const
  await write(null, at(20, 23), self, 101, { basis: 'SELF' })
  await write(null, at(20, 23), { sub: 'late' }, 102, { outcome: 'DENY', code: 'CASE_REQUIRED' })
  await write(null, at(20, 10), { sub: 'namesake' }, 901)
  for (let n = 0; n < 4; n += 1) await write(null, at(20, 9), { sub: `one-of-four-${n}` }, 103)
  for (let n = 0; n < 5; n += 1) await write(null, at(19 + (n % 2), 9), { sub: `two-days-${n}` }, 104)
  await write(null, at(21, 3), { kind: 'SYSTEM', sub: 'batch' }, 105)
  // Before the time that is asked about.
  await write(null, at(10, 23), { sub: 'long-ago' }, 106)

  await write('OWN_RELATIVE aunt', at(19, 10), { sub: 'aunt' }, 900, { outcome: 'DENY', code: 'CASE_REQUIRED' })
  await write('OWN_RELATIVE aunt', at(20, 10), { sub: 'aunt' }, 900)
  await write('NO_CASE hasty', at(20, 11), { sub: 'hasty', caseNumber: null }, 200)
  await write('OUTSIDE_OFFICE_HOURS owl', at(19, 18), { sub: 'owl' }, 300)
  await write('OUTSIDE_OFFICE_HOURS owl', at(21, 10), { sub: 'owl' }, 301)
  for (let n = 0; n < 5; n += 1) await write('READ_BY_MANY', at(20, 14), { sub: `curious-${n}` }, 400)
  for (let n = 0; n < 3; n += 1)
    await write('ENUMERATION collector', at(20, 15), { sub: 'collector' }, 500 + n, {
      outcome: 'DENY',
      code: 'RATE_LIMITED',
    })
  for (let n = 0; n < 12; n += 1) {
    const busy = officer({ org: 'BTP', sub: `busy-${n}` })
    await write('BUDGET_USE BTP', at(20, 9), { org: 'BTP', sub: `busy-${n}` }, 600 + n)
    await counts.of(busy).reads(person(600 + n), 'L2')
  }
  for (let n = 0; n < 5; n += 1) await counts.of(officer({ org: 'BNV' })).reads(person(700 + n), 'L2')
}, 120_000)
afterAll(async () => {
  await close()
  await database.close()
}, 60_000)

type Sign = {
  kind: string
  organisation: { code: string } | null
  staffCode: string | null
  subject: string | null
  reason: string
  reasonEn: string
  count: number
  records: { requestId: string }[]
}

async function signs(args: string): Promise<Sign[]> {
  const query = `{ anomalies(${args}) { kind organisation { code } staffCode subject purpose { code } reason reasonEn
    firstAt lastAt count records { requestId } } }`
  const { data, errors } = await graph.ask(query, reviewer)
  expect(errors).toBeUndefined()
  return (data as { anomalies: Sign[] }).anomalies
}

describe('anomalies', () => {
  test('are exactly what was planted, with the records behind them', async () => {
    const found = await signs('since: "2026-11-15T00:00:00Z"')
    const codes = new Map(
      ['aunt', 'hasty', 'owl', 'collector'].map((sub) => [pseudonyms.staff('UBND-00004', sub), sub]),
    )
    const named = found.map(({ kind, staffCode, organisation, records }) => {
      const who = codes.get(staffCode ?? '') ?? (kind === 'BUDGET_USE' ? organisation?.code : undefined)
      return [
        who === undefined ? kind : `${kind} ${who}`,
        records.map(({ requestId }) => requestId).toSorted(),
      ] as const
    })
    const sorted = (names: Iterable<readonly [string, string[]]>) =>
      [...names].map(([name, requests]) => `${name}: ${requests.toSorted().join(' ')}`).toSorted()
    // The organisation's count over all purposes, and that of its one purpose.
    const budget = planted.get('BUDGET_USE BTP') ?? []
    expect(sorted(named)).toEqual(sorted([...planted, ['BUDGET_USE BTP', budget]]))
  })

  test('say why in both languages, and never who', async () => {
    const found = await signs('since: "2026-11-15T00:00:00Z"')
    expect(found.find(({ kind }) => kind === 'OWN_RELATIVE')).toMatchObject({
      reason: 'hỏi dữ liệu của người thân: anh, chị, em',
      reasonEn: "asked for a relative's data: sibling",
      subject: pseudonyms.subject(person(900)),
    })
    expect(JSON.stringify(found)).not.toMatch(/9011\d{8}/)
  })

  test('are asked by kind and time', async () => {
    expect((await signs('kind: NO_CASE, since: "2026-11-15T00:00:00Z"')).map(({ kind }) => kind)).toEqual(['NO_CASE'])
    expect((await signs('since: "2026-11-21T12:00:00Z"')).map(({ kind }) => kind)).toEqual(['BUDGET_USE', 'BUDGET_USE'])
  })

  test('are the reviewer’s alone', async () => {
    const { errors } = await graph.ask('{ anomalies { kind } }', officer())
    expect(errors?.[0]?.extensions['code']).toBe('CLASSIFICATION_DENIED')
  })
})

describe('budgets', () => {
  test('tell organisation, purpose, class, window, estimate, threshold and state', async () => {
    const query = `{ volumeBudgets(organisation: "BTP") { organisation { code } purpose { code } staffCode personalClass window
      estimate held errorPerMille important core state citation proposal } }`
    const { data, errors } = await graph.ask(query, reviewer)
    expect(errors).toBeUndefined()
    const { volumeBudgets } = data as { volumeBudgets: Record<string, unknown>[] }
    expect(volumeBudgets).toHaveLength(6)
    expect(volumeBudgets.filter(({ purpose }) => purpose === null).map(({ window }) => window)).toEqual([
      'DAY',
      'MONTH',
      'YEAR',
    ])
    for (const budget of volumeBudgets) {
      expect(budget).toMatchObject({
        personalClass: 'BASIC',
        important: 20,
        core: 40,
        state: 'WARNED',
        citation: 'QĐ 20',
      })
      expect(Number(budget['estimate']) + Number(budget['held'])).toBeGreaterThanOrEqual(12)
    }
  })

  test('of one caller are found by the code the log has for them', async () => {
    const code = pseudonyms.staff('BTP', 'busy-3')
    const { data } = await graph.ask(
      `{ volumeBudgets(organisation: "BTP", staffCode: "${code}") { staffCode state } }`,
      reviewer,
    )
    expect((data as { volumeBudgets: unknown[] }).volumeBudgets).toEqual(
      Array(3).fill({ staffCode: code, state: 'WITHIN' }),
    )
  })
})
