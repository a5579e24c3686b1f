import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  procedureSystemOf,
  type ConsentDatabase,
} from '../../../test/support/consent-database.ts'
import { consentSteps } from '../../../test/support/consent-steps.ts'

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
