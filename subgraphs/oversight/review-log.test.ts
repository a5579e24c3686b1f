import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { faultOfRecord } from '../../evidence/stored-record.ts'
import oversight from './index.ts'
import { sequenceLeaves } from './sequence-leaves.ts'

const reviewer = officer({
  kind: 'REVIEWER',
  sub: 'reviewer-1',
  org: 'TTATTT',
  orgKind: 'REVIEW_BODY',
  roles: ['security-reviewer'],
  purpose: 'ACCESS_REVIEW',
  jurisdiction: ['VN'],
  authnLevel: 3,
  audience: 'TTATTT review',
})
const at = (text: string): Date => new Date(`2026-11-${text}:00:00.000Z`)
const subject = '901085000101'

let database: OversightDatabase
let ask: (query: string, principal?: typeof reviewer) => Promise<ExecutionResult>
beforeAll(async () => {
  database = await oversightDatabase()
  const log = database.log({ clock: () => new Date('2026-12-01T00:00:00Z') })
  const bank = officer({ org: 'BANK-DEMO', orgKind: 'PRIVATE', purpose: 'CREDIT_ASSESSMENT' })
  await log.append(disclosureRecord([entry(subject)], at('01T08')))
  await log.append(
    disclosureRecord(
      [entry(subject, { coordinates: ['Citizen.religion'], outcome: 'DENY', level: 'L3' })],
      at('02T08'),
    ),
  )
  await log.append(
    disclosureRecord(
      [entry('901187000102', { basis: 'CONSENT', consentId: 'c1', consentVersion: 2 })],
      at('03T08'),
      bank,
    ),
  )
  await log.append(disclosureRecord([entry(subject, { basis: '19.1.b' })], at('04T08')))
  await sequenceLeaves(database.admin, null)
  const asked = askSubgraph(oversight, { pool: database.pool('oversight_app') })
  ask = (query, principal = reviewer) => asked.ask(query, principal)
})
afterAll(() => database.close())

type Node = Record<string, unknown>
const nodesOf = (result: ExecutionResult): Node[] => {
  expect(result.errors).toBeUndefined()
  return (result.data as { disclosures: { nodes: Node[] } }).disclosures.nodes
}
const daysOf = async (args: string): Promise<string[]> =>
  nodesOf(await ask(`{ disclosures(${args}) { nodes { at } } }`)).map((node) => String(node['at']).slice(8, 10))

describe('the log for the reviewer', () => {
  it('lists every record newest first, delayed ones too, with pseudonyms', async () => {
    const result =
      await ask(`{ disclosures(first: 2) { nodes { id at service organisation { code name } unit roles staffCode purpose { code }
      entries { nodes { subject coordinates outcome level rule basis citation consentId consentVersion revealAfter protective } } } pageInfo { hasNextPage } } }`)
    expect(nodesOf(result)).toMatchObject([
      {
        at: '2026-11-04T08:00:00.000Z',
        entries: { nodes: [{ basis: '19.1.b', revealAfter: '2027-05-03T08:00:00.000Z', protective: false }] },
      },
      {
        at: '2026-11-03T08:00:00.000Z',
        organisation: { code: 'BANK-DEMO' },
        entries: { nodes: [{ consentId: 'c1', consentVersion: 2 }] },
      },
    ])
    expect(JSON.stringify(result)).not.toMatch(/9\d{11}/)
  })

  it.each([
    ['organisation: "BANK-DEMO"', ['03']],
    ['purpose: "CIVIL_STATUS"', ['04', '02', '01']],
    ['coordinate: "Citizen.religion"', ['02']],
    ['outcome: DENY', ['02']],
    ['outcome: DENY, coordinate: "Citizen.fullName"', []],
    ['from: "2026-11-02T08:00:00Z", to: "2026-11-04T08:00:00Z"', ['03', '02']],
    ['organisation: "UBND-00004", from: "2026-11-03T00:00:00Z"', ['04']],
    ['purpose: "\' or true --"', []],
  ])('filters by %s', async (args, days) => {
    expect(await daysOf(args)).toEqual(days)
  })

  it('pages without losing or repeating a record', async () => {
    const seen: string[] = []
    let after = ''
    do {
      const result = await ask(`{ disclosures(first: 1${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`)
      seen.push(...nodesOf(result).map((node) => String(node['id'])))
      const { pageInfo } = (result.data as { disclosures: { pageInfo: { hasNextPage: boolean; endCursor: string } } })
        .disclosures
      after = pageInfo.hasNextPage ? `, after: "${pageInfo.endCursor}"` : ''
    } while (after !== '')
    expect(new Set(seen).size).toBe(4)
  })

  it('gives records that can be checked against their leaves and entries', async () => {
    const nodes = nodesOf(
      await ask('{ disclosures { nodes { body leafHash leafIndex counter writer entries { nodes { body } } } } }'),
    )
    for (const node of nodes) {
      const entries = (node['entries'] as { nodes: { body: string }[] }).nodes.map(({ body }) => body)
      const { id } = JSON.parse(String(node['body'])) as { id: string }
      const place = {
        record: id,
        writer: String(node['writer']),
        counter: Number(node['counter']),
        signature: '',
        previous: null,
      }
      const stored = { ...place, leaf: String(node['leafHash']), body: String(node['body']), entries }
      expect(faultOfRecord(stored)).toBeNull()
    }
    expect(nodes.map((node) => node['leafIndex'])).toEqual(['3', '2', '1', '0'])
  })

  it('finds one record by its sealed id, and nothing by another', async () => {
    const [node] = nodesOf(await ask('{ disclosures(first: 1) { nodes { id } } }'))
    const found = await ask(`{ disclosure(id: "${String(node?.['id'])}") { at } }`)
    expect(found.data).toEqual({ disclosure: { at: '2026-11-04T08:00:00.000Z' } })
    const forged = await ask('{ disclosure(id: "AAAA") { at } }')
    expect(forged.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  })

  it('is closed to everybody else', async () => {
    for (const other of [
      officer(),
      officer({ kind: 'ANALYST', org: 'TTDH-CP', orgKind: 'COMMAND_CENTRE', purpose: 'STATISTICS' }),
    ]) {
      const result = await ask('{ disclosures { nodes { at } } }', other)
      expect(result.data).toEqual({ disclosures: null })
      expect(result.errors).toHaveLength(1)
    }
  })
})
