/** What citizens, representatives and grantees see of consents and cases. */
import { compactVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../policy/types.ts'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  procedureSystemOf,
  type ConsentDatabase,
} from '../../test/support/consent-database.ts'
import { consentSteps } from '../../test/support/consent-steps.ts'
import { noticeHash } from './notice.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
let granted: string
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
  granted = await steps.granted(people.adult, { maxReads: 9, reference: 'HS-1' })
  await steps.call(procedureSystemOf(), 'registerCase', 'RegisterCaseInput', {
    number: 'HT-2026-000001',
    procedureCode: 'HT.1',
    procedure: 'Cải chính hộ tịch',
    procedureEn: 'Correction',
    organisation: 'UBND-00004',
    subjects: [people.adult, people.otherAdult],
    officers: ['clerk-1'],
    units: ['HO-TICH'],
    coordinates: ['Citizen.belief'],
  })
})
afterAll(() => db.close())

/** A selection on a citizen, as the gateway fetches it. */
async function onCitizen(principal: Principal, person: string, selection: string) {
  const id = db.seal('Citizen', person, principal)
  const { data, errors = [] } = await db.ask(
    principal,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { ${selection} } } }`,
    {
      of: [{ __typename: 'Citizen', id }],
    },
  )
  const citizen = (data?.['_entities'] as Record<string, Record<string, unknown>>[] | undefined)?.[0] ?? {}
  return { citizen, codes: errors.map((error) => error.extensions['code']) }
}

describe('a citizen', () => {
  it('sees who may read what, why and until when, and every step so far', async () => {
    const { citizen, codes } = await onCitizen(
      citizenOf(people.adult),
      people.adult,
      `consents(first: 5) { nodes {
        state version grantee granteeName purpose purposeTextEn coordinates excluded sensitiveCoordinates controllers mode maxReads readsUsed
        retentionDays sensitiveNotice refusalConsequenceEn confirmedBy method written coConsent authnLevel grantedAt endedAt
        history { version state by reason hash previousHash }
      } pageInfo { hasNextPage } }`,
    )
    expect(codes).toEqual([])
    const { nodes, pageInfo } = citizen['consents'] as { nodes: Record<string, unknown>[]; pageInfo: object }
    expect(pageInfo).toEqual({ hasNextPage: false })
    expect(nodes).toMatchObject([
      {
        state: 'GRANTED',
        version: 2,
        grantee: 'BANK-DEMO',
        granteeName: 'Ngân hàng mẫu',
        purpose: 'CREDIT_ASSESSMENT',
        purposeTextEn: "Credit assessment with the customer's consent",
        coordinates: ['Citizen.fullName', 'Citizen.income'],
        excluded: [],
        sensitiveCoordinates: ['Citizen.income'],
        controllers: ['BCA'],
        mode: 'VIEW',
        maxReads: 9,
        readsUsed: 0,
        retentionDays: 30,
        sensitiveNotice: true,
        confirmedBy: ['SUBJECT'],
        method: 'APP',
        written: false,
        coConsent: false,
        authnLevel: 3,
        endedAt: null,
      },
    ])
    const history = nodes[0]?.['history'] as Record<string, unknown>[]
    expect(history).toMatchObject([
      { version: 1, state: 'REQUESTED', by: 'GRANTEE', reason: null, previousHash: null },
      { version: 2, state: 'GRANTED', by: 'SUBJECT', previousHash: history[0]?.['hash'] },
    ])
  })

  it('gets the notice in both languages under the hash that a confirmation carries', async () => {
    const principal = citizenOf(people.adult)
    const { data } = await db.ask(principal, 'query ($id: ID!) { consent(id: $id) { notice noticeEn noticeHash } }', {
      id: db.seal('Consent', granted, principal),
    })
    const consent = data?.['consent'] as { notice: string; noticeEn: string; noticeHash: string }
    expect(consent.noticeHash).toBe(noticeHash(consent.notice, consent.noticeEn))
    for (const text of ['Ngân hàng mẫu', 'Thu nhập (Citizen.income)', 'Điều 6 khoản 4', 'Im lặng không phải là đồng ý'])
      expect(consent.notice).toContain(text)
    for (const text of ['Sample Bank', 'Income (Citizen.income)', 'Art. 6(4)', 'Silence is not consent'])
      expect(consent.noticeEn).toContain(text)
  })

  it('gets a receipt that verifies with the published key, and no longer when a letter is changed', async () => {
    const { citizen } = await onCitizen(citizenOf(people.adult), people.adult, 'consents { nodes { receipt } }')
    const { receipt } = (citizen['consents'] as { nodes: { receipt: string }[] }).nodes[0] ?? { receipt: '' }
    const { kid, publicKey } = db.services.keys.signing
    const { payload, protectedHeader } = await compactVerify(receipt, publicKey)
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid, typ: 'consent-receipt+json' })
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      receipt_metadata: { record_id: granted, pii_principal_id: people.adult },
      pii_processing: {
        lawful_basis: 'CONSENT',
        purposes: [{ purpose: { code: 'CREDIT_ASSESSMENT' }, retention_period: 'P30D' }],
      },
      parties: [
        { party_id: 'BANK-DEMO', party_role: 'RECIPIENT' },
        { party_id: 'BCA', party_role: 'CONTROLLER' },
      ],
      events: [
        { event_state: 'REQUESTED', entity: 'GRANTEE' },
        { event_state: 'GRANTED', entity: 'SUBJECT' },
      ],
    })
    const [head, body = '', signature] = receipt.split('.')
    const forged = [
      head,
      Buffer.from(Buffer.from(body, 'base64url').toString().replace('BANK-DEMO', 'BANK-EVIL')).toString('base64url'),
      signature,
    ].join('.')
    await expect(compactVerify(forged, publicKey)).rejects.toThrow()
  })

  it('sees the cases they are in, with handlers as units and a number, and the others in it not at all', async () => {
    const { citizen } = await onCitizen(
      citizenOf(people.adult),
      people.adult,
      'cases { nodes { number procedure organisation organisationName units officers coordinates closedAt subject { __typename } } }',
    )
    expect(citizen).toEqual({
      cases: {
        nodes: [
          {
            number: 'HT-2026-000001',
            procedure: 'Cải chính hộ tịch',
            organisation: 'UBND-00004',
            organisationName: 'Ủy ban nhân dân phường Ba Đình, Hà Nội',
            units: ['HO-TICH'],
            officers: 1,
            coordinates: ['Citizen.belief'],
            closedAt: null,
            subject: { __typename: 'Citizen' },
          },
        ],
      },
    })
  })

  it('sees nothing of somebody else, or at authentication level 1', async () => {
    const selection = 'consents { nodes { state } } cases { nodes { number } } represents { relation }'
    for (const [caller, person] of [
      [citizenOf(people.otherAdult), people.adult],
      [citizenOf(people.adult), people.unknown],
      [citizenOf(people.adult, { authnLevel: 1 }), people.adult],
      [bankOf(), people.adult],
    ] as const) {
      expect((await onCitizen(caller, person, selection)).citizen).toEqual({
        consents: null,
        cases: null,
        represents: null,
      })
    }
  })
})

describe('a representative', () => {
  it('sees whom they represent, and the consents and cases of those', async () => {
    const { id } = await steps.request(people.child)
    const { citizen } = await onCitizen(
      citizenOf(people.parent),
      people.parent,
      'represents { relation inForce ward { id } }',
    )
    expect(citizen['represents']).toHaveLength(2)
    const child = await onCitizen(
      citizenOf(people.parent),
      people.child,
      'consents { nodes { state confirmedBy } } representedBy { relation }',
    )
    expect(child.citizen).toMatchObject({ consents: { nodes: [{ state: 'REQUESTED', confirmedBy: [] }] } })
    await steps.end('refuseConsent', citizenOf(people.parent), id)
  })
})

describe('a grantee', () => {
  it('pages through its own requests, which name nobody', async () => {
    await steps.request(people.otherAdult, { reference: 'HS-2' })
    await steps.request(people.dead, { reference: 'HS-3' })
    const page = async (args: string, principal = bankOf()) =>
      (
        await db.ask(
          principal,
          `{ consentRequests${args} { nodes { reference state coordinates } pageInfo { hasNextPage endCursor } } }`,
        )
      ).data?.['consentRequests'] as {
        nodes: { reference: string | null; state: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      } | null
    const first = await page('(first: 2)')
    expect(first?.nodes.map(({ reference }) => reference)).toEqual(['HS-1', null])
    const rest = await page(`(first: 9, after: "${first?.pageInfo.endCursor}")`)
    expect(rest?.nodes.map(({ reference }) => reference)).toEqual(['HS-2', 'HS-3'])
    expect((await page('(state: GRANTED)'))?.nodes).toMatchObject([{ reference: 'HS-1', state: 'GRANTED' }])
    expect(await page('(first: 0)')).toBeNull()
    expect(await page('(after: "Cursor.test.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")')).toBeNull()
    expect(await page('', bankOf({ org: 'BANK-OTHER' }))).toMatchObject({ nodes: [] })
  })
})
