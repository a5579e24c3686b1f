import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'
import { consentsOf, grantedConsent, withdraw } from './consents.ts'
import { outage } from './outage.ts'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 300_000)
afterAll(() => graph.close(), 60_000)

const readName = (person: string, count = 1): Promise<Answer>[] =>
  Array.from({ length: count }, () =>
    graph.ask({
      as: 'bank',
      purpose: 'CREDIT_ASSESSMENT',
      query: `{ citizen(personalId: "${person}") { fullName } }`,
    }),
  )
const signedIn = { kind: 'CITIZEN', client_id: 'VNEID', account_level: 2, authn_level: 3 }
const nameIn = ({ body }: Answer): unknown => (body.data as { citizen: { fullName: string | null } }).citizen.fullName
const codeIn = ({ body }: Answer): unknown => body.errors?.[0]?.extensions?.['code']

describe('a consent with a bound of reads', { timeout: 120_000 }, () => {
  test('is read exactly so often, by fifty at once', async () => {
    const person = '901190000103'
    await grantedConsent(graph, 'parent', person, { maxReads: 7 })
    const answers = await Promise.all(readName(person, 50))
    expect(answers.filter((answer) => nameIn(answer) !== null)).toHaveLength(7)
    const denied = answers.filter((answer) => nameIn(answer) === null)
    expect(denied.map(codeIn)).toEqual(Array.from({ length: 43 }, () => 'CONSENT_EXPIRED'))
  })

  test('counts a request once, however often it names the field and the person', async () => {
    const person = '901186000106'
    await grantedConsent(graph, { ...signedIn, sub: `vneid-${person}`, personal_id: person }, person, { maxReads: 1 })
    const same = Array.from(
      { length: 10 },
      (_, i) => `c${i}: citizen(personalId: "${person}") { a: fullName b: fullName }`,
    )
    const first = await graph.ask({ as: 'bank', purpose: 'CREDIT_ASSESSMENT', query: `{ ${same.join(' ')} }` })
    expect(first.body.errors).toBeUndefined()
    const [second] = await Promise.all(readName(person))
    expect([nameIn(second as Answer), codeIn(second as Answer)]).toEqual([null, 'CONSENT_EXPIRED'])
  })
})

describe('a withdrawal', { timeout: 120_000 }, () => {
  test('waits for no log, ends the reading at once, and is on the log when there is one again', async () => {
    const person = '901085000101'
    const [consent] = await consentsOf(graph, 'citizen', 'GRANTED')
    const [before] = await Promise.all(readName(person))
    expect(nameIn(before as Answer)).toEqual(expect.any(String))

    const restore = await outage(graph.databases.get('oversight'))
    const answer = await withdraw(graph, 'citizen', consent?.id ?? '')
    expect(answer.body).toEqual({ data: { withdrawConsent: { state: 'REVOKED', errors: [] } } })
    const [during] = await Promise.all(readName(person))
    expect(during?.body.data).toEqual({ citizen: null })
    await restore()

    const [after] = await Promise.all(readName(person))
    expect([nameIn(after as Answer), codeIn(after as Answer)]).toEqual([null, 'CONSENT_WITHDRAWN'])
    await expect
      .poll(() => graph.logOf(answer.requestId), { timeout: 60_000 })
      .toEqual(expect.arrayContaining(['ALLOW Citizen.fullName']))
  })
})

describe('a database that is too slow', { timeout: 120_000 }, () => {
  test('costs its fields with TIMEOUT, and no more than its own', async () => {
    const holder = new Client(graph.databases.get('health')?.superuser)
    await holder.connect()
    await holder.query('begin')
    await holder.query('lock table visit in access exclusive mode')
    const { body } = await graph.ask({
      as: 'citizen',
      query: '{ me { fullName visits(first: 1) { nodes { reason } } landRights(first: 1) { nodes { right } } } }',
    })
    await holder.query('rollback')
    await holder.end()
    expect(body.errors?.map(({ path, extensions }) => [extensions?.['code'], path?.join('.')])).toEqual([
      ['TIMEOUT', 'me.visits'],
    ])
    expect(body.data).toEqual({
      me: {
        fullName: expect.any(String),
        visits: null,
        landRights: { nodes: [{ right: expect.any(String) }] },
      },
    })
  })
})
