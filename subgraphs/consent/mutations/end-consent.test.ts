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

  it('say the state they left, also to whom the sign-in does not show the consent itself', async () => {
    const person = await somebody()
    const { id } = await steps.request(person)
    expect((await steps.grant(citizenOf(person), id)).state).toBe('GRANTED')
    expect((await steps.end('withdrawConsent', citizenOf(person, { authnLevel: 1 }), id)).state).toBe('REVOKED')
    expect((await steps.end('refuseConsent', citizenOf(person), id)).state).toBeNull()
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
