import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadVolumePolicy } from '../../policy/load-policy.ts'
import type { VolumePolicy } from '../../policy/volume.ts'
import { createPseudonyms } from '../../subgraphs/kit/log/pseudonym.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'
import { civilStatusAt, codes, namesOf, read, tally } from './counted-questions.ts'

/** Small figures: 12 people ask for approval (11 within the error of a sketch), 20 are the end. */
const few = { important: 12, core: 20 }
const volume: VolumePolicy = {
  ...loadVolumePolicy(),
  thresholds: { citation: 'QĐ 20/2025/QĐ-TTg', basic: few, sensitive: few },
  budgets: [],
  enumeration: { proposal: true, minute: 5000, hour: 5000, purposes: { CREDIT_ASSESSMENT: { minute: 10, hour: 40 } } },
}

let graph: WholeGraph
let replica: WholeGraph
let people: string[]
beforeAll(async () => {
  graph = await openWholeGraph(undefined, { volume })
  replica = await openWholeGraph(undefined, { volume, beside: graph })
  people = await column<string>(
    'population',
    `select personal_id from citizen where life_status = 'ALIVE' order by 1 limit 200`,
  )
}, 300_000)
afterAll(async () => {
  await replica.close()
  await graph.close()
}, 60_000)

describe('the volume of an organisation', { timeout: 60_000 }, () => {
  test('aliases: from the first threshold on a second person must approve, then nobody can', async () => {
    const officer = civilStatusAt('BNV')
    const first = await graph.ask({ as: officer, purpose: 'CIVIL_STATUS', query: namesOf(people.slice(0, 30)) })
    expect(read(first)).toBeGreaterThan(8)
    expect(read(first)).toBeLessThan(12)
    expect(codes(first)).toEqual(['APPROVAL_REQUIRED'])
    expect(first.body.errors?.[0]?.extensions).toMatchObject({ citation: 'QĐ 20/2025/QĐ-TTg', proposal: true })
    await column(
      'oversight',
      `insert into volume_approval (organisation, purpose, counted, reason, ends_at, asked_by, asked_at, approved_by, approved_at)
       values ('BNV', 'CIVIL_STATUS', 'BASIC', 'a reason long enough', now() + interval '1 day', 'A', now(), 'B', now())`,
    )
    // A process that refuses looks again after a second.
    let more = first
    while (codes(more).includes('APPROVAL_REQUIRED'))
      more = await graph.ask({ as: officer, purpose: 'CIVIL_STATUS', query: namesOf(people.slice(30, 60)) })
    expect(read(first) + read(more)).toBeGreaterThan(15)
    expect(read(first) + read(more)).toBeLessThan(20)
    expect(codes(more)).toEqual(['VOLUME_LIMIT'])
  })

  test('all colleagues and purposes count together, at every replica, and other organisations do not', async () => {
    const asks = [graph, replica].flatMap((one, half) =>
      [0, 1].map((colleague) =>
        one.ask({
          as: { ...civilStatusAt('BTP'), sub: `colleague-${half}-${colleague}` },
          purpose: 'CIVIL_STATUS',
          query: namesOf(people.slice(half * 20 + colleague * 10, half * 20 + colleague * 10 + 10)),
        }),
      ),
    )
    const answers = await Promise.all(asks)
    const total = answers.reduce((sum, answer) => sum + read(answer), 0)
    expect(total).toBeGreaterThan(4)
    expect(total).toBeLessThan(12)
    const other = await graph.ask({
      as: civilStatusAt('BTC'),
      purpose: 'CIVIL_STATUS',
      query: namesOf(people.slice(0, 3)),
    })
    expect(read(other)).toBe(3)
  })

  test('lists, nodes and entities of another database end with it too', async () => {
    const officer = { ...civilStatusAt('BCA') }
    const before = await graph.ask({
      as: officer,
      purpose: 'CIVIL_STATUS',
      query: `{ citizen(personalId: "901085000101") { id } }`,
    })
    const id = (before.body.data as { citizen: { id: string } }).citizen.id
    await graph.ask({ as: officer, purpose: 'CIVIL_STATUS', query: namesOf(people.slice(0, 30)) })
    const ways = [
      `{ node(id: "${id}") { ... on Citizen { fullName } } }`,
      `{ citizen(personalId: "901085000101") { household { members { fullName } } } }`,
      `{ searchCitizens(name: "Nguyễn Văn An", dateOfBirth: "1985", communeCode: "00004") { nodes { fullName } } }`,
    ]
    for (const query of ways) {
      const answer = await graph.ask({ as: officer, purpose: 'CIVIL_STATUS', query })
      if (answer.body.errors === undefined) expect(query).toContain('searchCitizens')
      else expect(codes(answer), query).toEqual(['APPROVAL_REQUIRED'])
      expect(JSON.stringify(answer.body.data), query).not.toMatch(/"fullName":"/)
    }
    const communes = await column<string>('land', 'select distinct commune_code from parcel order by 1 limit 30')
    const holders = communes.map(
      (code, n) => `c${n}: landParcels(communeCode: "${code}", first: 5) { nodes { rights { holder { fullName } } } }`,
    )
    const land = { ...civilStatusAt('VPDKDD-01'), roles: ['land-registration-officer'] }
    const entities = await graph.ask({ as: land, purpose: 'LAND_REGISTRATION', query: `{ ${holders.join(' ')} }` })
    expect(codes(entities)).toContain('APPROVAL_REQUIRED')
    // Somebody may hold several rights: who was counted in a request stays readable in it.
    expect(new Set(JSON.stringify(entities.body.data).match(/"fullName":"[^"]*"/g)).size).toBeLessThan(12)
  })

  test('what is read masked counts', async () => {
    const insurer = { ...civilStatusAt('BHXH-01'), roles: ['social-insurance-officer'] }
    const query = namesOf(people.slice(0, 30)).replaceAll('fullName', 'dateOfBirth')
    const answer = await graph.ask({ as: insurer, purpose: 'INSURANCE_ADMINISTRATION', query })
    expect(answer.body.extensions?.masked?.length).toBeGreaterThan(8)
    expect(answer.body.extensions?.masked?.length).toBeLessThan(12)
    expect(codes(answer)).toEqual(['APPROVAL_REQUIRED'])
  })

  test("one's own reading and a representative's never count", async () => {
    const ownQuery = '{ me { fullName dateOfBirth ethnicity } }'
    for (let time = 0; time < 3; time += 1) await graph.ask({ as: 'citizen', query: ownQuery })
    await graph.ask({ as: 'parent', query: '{ citizen(personalId: "901322000104") { fullName ethnicity } }' })
    const counted = await column('oversight', `select counted from reading_lease where organisation = ''`)
    expect(counted).toEqual([])
  })
})

describe('a caller who asks about many people', { timeout: 60_000 }, () => {
  const bank = (sub: string) => ({ ...civilStatusAt('BANK-DEMO'), sub, roles: ['credit-officer'], jurisdiction: [] })
  const absent = Array.from({ length: 30 }, (_, n) => `996099${String(900_000 + n)}`)

  test('is refused after some, and the log names the pseudonyms of those who were refused', async () => {
    const answer = await graph.ask({
      as: bank('one'),
      purpose: 'CREDIT_ASSESSMENT',
      query: namesOf(people.slice(0, 30)),
    })
    expect(tally(answer)).toMatchObject({ RATE_LIMITED: 20, CONSENT_REQUIRED: 10 })
    expect(
      answer.body.errors?.find(({ extensions }) => extensions?.['code'] === 'RATE_LIMITED')?.extensions,
    ).toMatchObject({
      remedy: { action: 'RETRY', afterSeconds: 60 },
      proposal: true,
    })
    const refused = await column<string>(
      'oversight',
      `select distinct e.subject from disclosure_entry e join disclosure d on d.id = e.record_id
       where d.request_id = '${answer.requestId}' and e.code = 'RATE_LIMITED'`,
    )
    const { subject } = createPseudonyms(graph.keys.pseudonym)
    const asked = new Set(people.slice(0, 30).map(subject))
    expect(refused).toHaveLength(20)
    expect(refused.every((pseudonym) => asked.has(pseudonym))).toBe(true)
  })

  test('cannot go on by sealed ids, by one request each, or at another replica', async () => {
    const ids = await graph.ask({
      as: bank('two'),
      purpose: 'CREDIT_ASSESSMENT',
      query: namesOf(people.slice(0, 8)).replaceAll('fullName', 'id'),
    })
    const nodes = Object.values(ids.body.data as Record<string, { id: string }>).map(({ id }) => id)
    const queries = [
      ...nodes.map((id) => `{ node(id: "${id}") { ... on Citizen { fullName } } }`),
      ...people.slice(8, 30).map((person) => namesOf([person])),
    ]
    const found: string[] = []
    for (const [index, query] of queries.entries()) {
      const answer = await (index % 2 === 0 ? graph : replica).ask({
        as: bank('two'),
        purpose: 'CREDIT_ASSESSMENT',
        query,
      })
      found.push(...codes(answer))
    }
    // A replica counts a tenth alone before it tells the other.
    expect(found.filter((code) => code === 'CONSENT_REQUIRED').length).toBeLessThanOrEqual(8 + 11)
    expect(found.at(-1)).toBe('RATE_LIMITED')
  })

  test('learns nothing of who exists from what is counted', async () => {
    const answers = []
    for (const [caller, persons] of [
      ['three', people.slice(0, 30)],
      ['four', absent],
    ] as const) {
      const { body } = await graph.ask({ as: bank(caller), purpose: 'CREDIT_ASSESSMENT', query: namesOf(persons) })
      answers.push(JSON.stringify(body).replaceAll(/"requestId":"[^"]*"/g, ''))
    }
    expect(answers[0]).toBe(answers[1])
  })
})

function column<T>(subgraph: string, sql: string): Promise<T[]> {
  return withClient(graph.databases.get(subgraph)?.superuser ?? {}, async (client) => {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows.map(([value]) => value as T)
  })
}
