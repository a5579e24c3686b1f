import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  type ConsentDatabase,
} from '../../../test/support/consent-database.ts'
import { consentSteps } from '../../../test/support/consent-steps.ts'
import { officer } from '../../../test/support/disclosures.ts'

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
