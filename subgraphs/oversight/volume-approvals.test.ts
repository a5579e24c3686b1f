import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../../policy/types.ts'
import { askedAt } from '../../test/support/ask-timeline.ts'
import { askSubgraph, type AskedSubgraph } from '../../test/support/ask-subgraph.ts'
import { officer } from '../../test/support/disclosures.ts'
import { oversightDatabase, type OversightDatabase } from '../../test/support/oversight-database.ts'
import { createPseudonyms } from '../kit/log/pseudonym.ts'
import oversight from './index.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32))
let database: OversightDatabase
let graph: AskedSubgraph
beforeAll(async () => {
  database = await oversightDatabase()
  graph = askSubgraph(oversight, { pool: database.pool('oversight_app') })
}, 120_000)
afterAll(() => database.close(), 60_000)

describe('a second person', () => {
  const asking = officer({ org: 'BTP', sub: `asker`, authnLevel: 3 })
  const second = { org: 'BTP', purpose: 'VOLUME_APPROVAL', roles: ['volume-approver'], authnLevel: 3 } as const
  const request = `mutation { requestVolumeApproval(input: { personalClass: BASIC, days: 5,
    reason: "Rà soát hộ tịch toàn địa bàn" }) { reference approvedAt organisation { code } purpose { code } } }`
  const give = (reference: string) => `mutation { giveVolumeApproval(reference: "${reference}") { approvedAt endsAt } }`
  const referenceFor = async (approver: Principal): Promise<string> => {
    const { data } = await graph.ask('{ volumeApprovals { reference reason } }', approver)
    return (data as { volumeApprovals: { reference: string }[] }).volumeApprovals[0]?.reference ?? ''
  }

  test('of the same organisation lets it read past the threshold, by purpose and for a time', async () => {
    const { data, errors } = await graph.ask(request, asking)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      requestVolumeApproval: { approvedAt: null, organisation: { code: 'BTP' }, purpose: { code: 'CIVIL_STATUS' } },
    })
    const oneself = officer({ ...second, sub: asking.sub })
    const stranger = officer({ ...second, org: 'BNV', sub: 'stranger' })
    const approver = officer({ ...second, sub: 'approver' })
    const own = await graph.ask(give(await referenceFor(oneself)), oneself)
    expect(own.errors?.[0]?.extensions['code']).toBe('NOT_FOUND')
    expect(await referenceFor(stranger)).toBe('')
    const given = await graph.ask(give(await referenceFor(approver)), approver)
    expect(given.errors).toBeUndefined()
    expect(given.data).toMatchObject({ giveVolumeApproval: { approvedAt: askedAt.toISOString() } })
    const people = await database.rows(
      'select asked_by, approved_by from volume_approval where approved_at is not null',
    )
    const [asked_by, approved_by] = [asking.sub, 'approver'].map((sub) => pseudonyms.staff('BTP', sub))
    expect(people).toEqual([{ asked_by, approved_by }])
    const twice = await graph.ask(give(await referenceFor(approver)), officer({ ...second, sub: 'third' }))
    expect(twice.errors?.[0]?.extensions['code']).toBe('NOT_FOUND')
  })

  test.each([
    ['days: 31, reason: "một lý do đủ dài"', 'BAD_USER_INPUT'],
    ['days: 0, reason: "một lý do đủ dài"', 'BAD_USER_INPUT'],
    ['days: 3, reason: "ngắn"', 'BAD_USER_INPUT'],
    ['days: 3, reason: "về người số 901185000001"', 'BAD_USER_INPUT'],
  ])('is not asked for with %s', async (input, code) => {
    const { errors } = await graph.ask(
      `mutation { requestVolumeApproval(input: { personalClass: BASIC, ${input} }) { reference } }`,
      asking,
    )
    expect(errors?.[0]?.extensions['code']).toBe(code)
  })

  test('is nobody who only reads', async () => {
    const { errors } = await graph.ask(give('x'), asking)
    expect(errors?.[0]?.extensions['code']).toBe('CLASSIFICATION_DENIED')
  })
})
