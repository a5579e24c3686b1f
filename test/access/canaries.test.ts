import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openWholeGraph, type Question, type WholeGraph } from '../support/whole-graph.ts'
import { openWireTap, type WireTap } from '../support/wire-tap.ts'

// Whose name lies in a cell, and what the bank may know of them: live, expired and withdrawn consent, only a request.
const people = {
  live: '901085000101',
  expired: '901190000103',
  withdrawn: '901186000106',
  asked: '901187000102',
} as const
const canaryOf = (person: string, cell: string) => `CANARY${cell}${person}`

let tap: WireTap
let graph: WholeGraph
beforeAll(async () => {
  tap = await openWireTap(inject('superuser'))
  graph = await openWholeGraph(() => tap.host)
  await update(
    'population',
    `update citizen set full_name = 'CANARYNAME' || personal_id, email = 'CANARYMAIL' || personal_id || '@example.vn', other_name = 'CANARYOTHER' || personal_id where personal_id = any($1)`,
  )
  // A value of its own for the one whose case the officer handles, another for everybody else.
  await update(
    'population',
    `update citizen set blood_type = case personal_id when '${people.live}' then 'O_NEG' else 'AB_NEG' end where personal_id = any($1)`,
  )
  await update(
    'population',
    `update residence_address set text = 'CANARYHOME' || personal_id where personal_id = any($1)`,
  )
  await update('health', `update visit set reason = 'CANARYREASON' || personal_id where personal_id = any($1)`)
}, 120_000)
afterAll(async () => {
  await graph.close()
  await tap.close()
})

async function update(subgraph: string, statement: string): Promise<void> {
  const client = new Client(graph.databases.get(subgraph)?.superuser)
  await client.connect()
  const { rowCount } = await client.query(statement, [Object.values(people)])
  await client.end()
  expect(rowCount).toBeGreaterThan(0)
}

const everybody = (fields: string) =>
  `{ ${Object.entries(people)
    .map(([name, person]) => `${name}: citizen(personalId: "${person}") { ${fields} }`)
    .join(' ')} }`
const all = 'fullName otherName email permanentResidence { text } visits(first: 5) { nodes { reason } }'

type Case = { it: string; question: Question; heard: string[] }
const cases: Case[] = [
  {
    it: 'a bank hears the name of the one who consented, of nobody else in the same batch',
    question: { as: 'bank', purpose: 'CREDIT_ASSESSMENT', query: everybody(all) },
    heard: [canaryOf(people.live, 'NAME')],
  },
  {
    it: 'a neighbour hears nobody but herself',
    question: { as: 'neighbour', query: everybody(all) },
    heard: ['NAME', 'OTHER', 'MAIL', 'HOME', 'REASON'].map((cell) => canaryOf(people.asked, cell)),
  },
  {
    it: 'a doctor hears the patient of the case',
    question: { as: 'doctor', purpose: 'TREATMENT', case: 'KCB-2026-000001', query: everybody(all) },
    heard: ['NAME', 'REASON'].map((cell) => canaryOf(people.live, cell)),
  },
  {
    it: 'an officer hears the blood type of the subject of the case, of the others the name alone',
    question: {
      as: 'commune-officer',
      purpose: 'CIVIL_STATUS',
      case: 'HT-2026-000001',
      query: everybody('fullName bloodType'),
    },
    heard: [...Object.values(people).map((person) => canaryOf(person, 'NAME')), 'O_NEG'],
  },
  {
    it: 'an officer of another commune hears nobody',
    question: { as: 'other-commune-officer', purpose: 'CIVIL_STATUS', query: everybody(all) },
    heard: [],
  },
  {
    it: 'an analyst hears nobody',
    question: { as: 'analyst', purpose: 'STATISTICS', query: everybody(all) },
    heard: [],
  },
  { it: 'nobody hears nobody', question: { as: 'nobody', query: everybody(all) }, heard: [] },
  {
    it: 'a citizen at sign-in level 1 does not even hear the own',
    question: { as: 'citizen-low', query: everybody(all) },
    heard: [],
  },
  {
    it: 'skip and include let nothing through',
    question: {
      as: 'bank',
      purpose: 'CREDIT_ASSESSMENT',
      query: everybody('email @include(if: true) otherName @skip(if: false)'),
    },
    heard: [],
  },
]

const canariesHeard = (): string[] =>
  [...new Set(tap.heard().match(/CANARY[A-Z]+\d{12}|\b(O|AB)_NEG/g) ?? [])].toSorted()

describe('what PostgreSQL sends when', () => {
  test.each(cases)('$it', async ({ question, heard }) => {
    tap.forget()
    await graph.ask(question)
    expect(canariesHeard()).toEqual(heard.toSorted())
  })

  test('a bank hears of each of two who consented to different fields what that one consented to', async () => {
    const own = await graph.ask({ as: 'neighbour', query: '{ me { consents(first: 1) { nodes { id noticeHash } } } }' })
    const { id, noticeHash } = (own.body.data as OwnConsents).me.consents.nodes[0] ?? {}
    const input = { consentId: id, noticeHash, coordinates: ['Citizen.dateOfBirth'], method: 'APP', locale: 'VI' }
    const granting = 'mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { state } }'
    await graph.ask({ as: 'neighbour', query: granting, variables: { input } })
    tap.forget()
    const { body } = await graph.ask({
      as: 'bank',
      purpose: 'CREDIT_ASSESSMENT',
      query: everybody('fullName dateOfBirth'),
    })
    expect(body.data).toMatchObject({ live: { dateOfBirth: '1985-04-12' }, asked: { dateOfBirth: '1987-11-05' } })
    expect(canariesHeard()).toEqual([canaryOf(people.live, 'NAME')])
  })
})

type OwnConsents = { me: { consents: { nodes: { id: string; noticeHash: string }[] } } }
