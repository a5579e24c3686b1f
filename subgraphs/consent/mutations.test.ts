/** Asking, granting, ending and case files, through the shielded subgraph as the gateway calls it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  procedureSystemOf,
  type ConsentDatabase,
} from '../../test/support/consent-database.ts'
import { consentSteps } from '../../test/support/consent-steps.ts'
import { officer } from '../../test/support/disclosures.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
})
afterAll(() => db.close())

let made = 0
/** An adult nobody has asked before. */
async function somebody(): Promise<string> {
  made += 1
  const person = `90208${String(made).padStart(7, '0')}`
  await db.admin.query("insert into subject (personal_id, born_on, birth_year) values ($1, '1980-02', 1980)", [person])
  return person
}

describe('requestConsent', () => {
  it('answers alike for a person who exists, is dead, or was never born (I4)', async () => {
    for (const person of [await somebody(), people.dead, people.unknown]) {
      expect(await steps.request(person)).toMatchObject({ codes: [], errors: [] })
    }
    const { data } = await db.ask(bankOf(), '{ consentRequests(first: 100) { nodes { state } } }')
    expect(
      new Set(
        (data as { consentRequests: { nodes: { state: string }[] } }).consentRequests.nodes.map(({ state }) => state),
      ),
    ).toEqual(new Set(['REQUESTED']))
  })

  it('is for an organisation with a purpose that rests on consent', async () => {
    const person = await somebody()
    const portal = citizenOf(person, { org: 'DVCQG', orgKind: 'PORTAL', actor: 'DVCQG-WEB', purpose: 'PUBLIC_SERVICE' })
    for (const caller of [
      citizenOf(person),
      portal,
      procedureSystemOf(),
      bankOf({ purpose: null }),
      bankOf({ purpose: 'STATISTICS' }),
      bankOf({ authnLevel: 1 }),
    ]) {
      const { codes, id } = await steps.request(person, {}, caller)
      expect([codes.length > 0, id]).toEqual([true, ''])
    }
  })

  it.each([
    [{ notAfter: '2020-01-01T00:00:00Z' }, 'notAfter'],
    [{ notAfter: '2040-01-01T00:00:00Z' }, 'notAfter'],
    [{ dataFrom: '2026-02-01', dataTo: '2026-01-01' }, 'dataTo'],
    [{ maxReads: 0 }, 'maxReads'],
    [{ retentionDays: -1 }, 'retentionDays'],
    [{ refusalConsequence: 'Không sao\n- Đồng ý mặc định với tất cả' }, 'refusalConsequence'],
    [{ refusalConsequenceEn: 'short' }, 'refusalConsequenceEn'],
    [{ reference: 'x y' }, 'reference'],
    [{ coordinates: [] }, 'coordinates'],
    [{ coordinates: ['Code.name'] }, 'coordinates'],
    [{ coordinates: ['Citizen.id'] }, 'coordinates'],
    [{ coordinates: ['Mutation.withdrawConsent'] }, 'coordinates'],
    [{ replaces: 'ConsentRequest.k.AAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 'replaces'],
  ])('names the input field that %o has wrong', async (changes, field) => {
    const { errors } = await steps.request(await somebody(), changes)
    expect(errors).toMatchObject([{ field: ['input', field] }])
    expect([errors[0]?.message, errors[0]?.messageEn].every((text) => (text?.length ?? 0) > 10)).toBe(true)
  })

  it('waits for the answer to one request before the next for the same person and purpose', async () => {
    const person = await somebody()
    expect((await steps.request(person)).codes).toEqual([])
    expect((await steps.request(person)).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('is limited for a grantee and a person, however many ask at once', async () => {
    const person = await somebody()
    for (let round = 0; round < 10; round += 1) {
      const { id } = await steps.request(person)
      await steps.end('refuseConsent', citizenOf(person), id)
    }
    const more = await Promise.all(Array.from({ length: 4 }, () => steps.request(person)))
    expect(new Set(more.flatMap(({ codes }) => codes))).toEqual(new Set(['RATE_LIMITED']))
  })
})

describe('grantConsent', () => {
  it("is the citizen's own, never a delegated token's", async () => {
    const person = await somebody()
    const { id } = await steps.request(person)
    for (const caller of [
      citizenOf(person, { actor: 'DVCQG-WEB' }),
      bankOf(),
      officer(),
      citizenOf(people.parent),
      citizenOf(person, { kind: 'NOBODY', personalId: null }),
    ]) {
      expect((await steps.grant(caller, id)).codes.length).toBeGreaterThan(0)
    }
    expect(await steps.stateOf(id)).toBe('REQUESTED')
  })

  it('asks for account 2, and for authentication 3 where a field is sensitive', async () => {
    const person = await somebody()
    const { id } = await steps.request(person)
    expect((await steps.grant(citizenOf(person, { authnLevel: 1 }), id)).codes).toEqual(['ASSURANCE_TOO_LOW'])
    expect((await steps.grant(citizenOf(person, { accountLevel: 1 }), id)).codes).toEqual(['ASSURANCE_TOO_LOW'])
    expect((await steps.grant(citizenOf(person, { authnLevel: 2 }), id)).codes).toEqual(['ASSURANCE_TOO_LOW'])
    expect(
      (await steps.grant(citizenOf(person, { authnLevel: 2 }), id, { coordinates: ['Citizen.fullName'] })).state,
    ).toBe('GRANTED')
  })

  it('is bound to the text that was shown', async () => {
    const person = await somebody()
    const { id } = await steps.request(person)
    const other = await steps.request(await somebody(), { retentionDays: 31 })
    const { rows } = await db.admin.query('select notice_hash as hash from consent_now where id = $1', [other.id])
    for (const noticeHash of [rows[0].hash, 'f'.repeat(64), '']) {
      expect((await steps.grant(citizenOf(person), id, { noticeHash })).codes).toEqual(['BAD_USER_INPUT'])
    }
    expect(await steps.stateOf(id)).toBe('REQUESTED')
  })

  it('takes no more than was asked, and no id sealed for another', async () => {
    const person = await somebody()
    const { id } = await steps.request(person, { coordinates: ['Citizen.fullName'] })
    expect(
      (await steps.grant(citizenOf(person), id, { coordinates: ['Citizen.fullName', 'Citizen.belief'] })).codes,
    ).toEqual(['BAD_USER_INPUT'])
    const foreign = db.seal('Consent', id, citizenOf(people.parent))
    expect((await steps.grant(citizenOf(person), id, { consentId: foreign })).codes).toEqual(['NOT_FOUND'])
  })

  it('rests on a representative for a child under 7, and gives what both agree to for an older one', async () => {
    const small = await steps.request(people.smallChild)
    expect((await steps.grant(citizenOf(people.otherParent), small.id)).codes).toEqual(['NOT_FOUND'])
    expect((await steps.grant(citizenOf(people.smallChild), small.id)).codes).toEqual(['NOT_FOUND'])
    expect((await steps.grant(citizenOf(people.parent), small.id)).state).toBe('GRANTED')

    const { id } = await steps.request(people.child, {
      coordinates: ['Citizen.belief', 'Citizen.fullName', 'Citizen.income'],
    })
    expect(
      (await steps.grant(citizenOf(people.child), id, { coordinates: ['Citizen.fullName', 'Citizen.income'] })).state,
    ).toBe('REQUESTED')
    expect((await steps.grant(citizenOf(people.child), id)).codes).toEqual(['BAD_USER_INPUT'])
    expect(
      (await steps.grant(citizenOf(people.otherParent), id, { coordinates: ['Citizen.belief', 'Citizen.income'] }))
        .state,
    ).toBe('GRANTED')
    const { rows } = await db.admin.query('select coordinates, confirmed_by from consent_now where id = $1', [id])
    expect(rows).toEqual([{ coordinates: ['Citizen.income'], confirmed_by: ['REPRESENTATIVE', 'SUBJECT'] }])
  })
})

describe('refusing, restricting, withdrawing', () => {
  it('are open at authentication level 1, and twice is no error', async () => {
    const person = await somebody()
    const id = await steps.granted(person)
    const low = citizenOf(person, { authnLevel: 1, accountLevel: 1 })
    for (let time = 0; time < 2; time += 1) {
      expect((await steps.end('restrictConsent', low, id)).errors).toEqual([])
      expect(await steps.stateOf(id)).toBe('RESTRICTED')
    }
    for (let time = 0; time < 2; time += 1) {
      expect((await steps.end('withdrawConsent', low, id)).errors).toEqual([])
      expect(await steps.stateOf(id)).toBe('REVOKED')
    }
    expect((await steps.end('restrictConsent', low, id)).codes).toContain('BAD_USER_INPUT')
  })

  it('are for the subject and who represents them, and look like nothing to everybody else', async () => {
    const id = await steps.granted(await somebody())
    for (const stranger of [citizenOf(people.parent), bankOf(), officer()]) {
      const { codes } = await steps.end('withdrawConsent', stranger, id)
      expect(['NOT_FOUND', 'UNAUTHENTICATED']).toContain(codes[0])
    }
    const child = await steps.request(people.child)
    expect((await steps.end('refuseConsent', citizenOf(people.parent), child.id)).errors).toEqual([])
    expect(await steps.stateOf(child.id)).toBe('REFUSED')
  })
})

describe('case files', () => {
  const input = {
    number: 'HT-2026-000500',
    procedureCode: 'HT.1',
    procedure: 'Cải chính hộ tịch',
    procedureEn: 'Correction',
    organisation: 'UBND-00004',
    subjects: [people.adult],
    officers: ['clerk-1'],
    units: [],
    coordinates: ['Citizen.fullName'],
  }
  const register = (changes: object = {}, caller = procedureSystemOf()) =>
    steps.call(caller, 'registerCase', 'RegisterCaseInput', { ...input, ...changes })

  it('are registered and closed by a procedure system alone', async () => {
    for (const caller of [
      officer({ org: 'UBND-00004' }),
      bankOf(),
      citizenOf(people.adult),
      procedureSystemOf({ purpose: null }),
      procedureSystemOf({ actor: 'x' }),
    ]) {
      expect((await register({}, caller)).codes.length).toBeGreaterThan(0)
    }
    expect((await register()).codes).toEqual([])
    expect((await register()).codes).toEqual(['BAD_USER_INPUT'])
    const close = (number: string) => steps.call(procedureSystemOf(), 'closeCase', 'CloseCaseInput', { number })
    expect((await close('HT-2026-000500')).codes).toEqual([])
    expect([(await close('HT-2026-000500')).codes, (await close('HT-2026-999999')).codes]).toEqual([
      ['NOT_FOUND'],
      ['NOT_FOUND'],
    ])
  })

  it('name who handles what, for whom: anything missing is said', async () => {
    for (const [changes, field] of [
      [{ number: 'ht 1' }, 'number'],
      [{ subjects: [] }, 'subjects'],
      [{ officers: [], units: [] }, 'units'],
      [{ officers: ['a b'] }, 'officers'],
      [{ organisation: 'NOBODY-01' }, 'organisation'],
      [{ coordinates: ['Citizen.cardImage'] }, 'coordinates'],
      [{ procedure: '' }, 'procedure'],
    ] as const) {
      expect((await register({ number: 'HT-2026-000501', ...changes })).errors).toMatchObject([
        { field: ['input', field] },
      ])
    }
  })

  it('are read by nobody through the account that registers them', async () => {
    const id = db.seal('Citizen', people.adult, procedureSystemOf())
    const result = await db.ask(
      procedureSystemOf(),
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { cases { nodes { number } } consents { nodes { state } } } } consentRequests { nodes { id } } }',
      { of: [{ __typename: 'Citizen', id }] },
    )
    expect(result.data).toEqual({ _entities: [{ cases: null, consents: null }], consentRequests: null })
  })
})
