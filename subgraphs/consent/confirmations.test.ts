/** What the database demands of a confirmation and of a grant, asked of it as the application's own role. */
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { consentSteps } from '../../test/support/consent-steps.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
})
afterAll(() => db.close())

/** Runs in one transaction of the application's role, with the record that every change needs; gives the SQLSTATE. */
async function tried(consentId: string, work: (client: PoolClient) => Promise<unknown>): Promise<string | null> {
  const client = await db.app.connect()
  try {
    await client.query('begin')
    await work(client)
    await client.query(
      `insert into consent_event (operation, request_id, subjects, coordinates, level, consent_id, consent_version)
       select 'test', 'test', array[subject::text], '{Citizen.fullName}', 'L2', id, version from consent where id = $1`,
      [consentId],
    )
    await client.query('commit')
    return null
  } catch (error) {
    await client.query('rollback')
    return String((error as { code: string }).code)
  } finally {
    client.release()
  }
}

type Confirmation = {
  person: string
  role: string
  coordinates: string[]
  hash: string
  authn: number
  account: number
}

async function confirm(id: string, changes: Partial<Confirmation>): Promise<string | null> {
  const { rows } = await db.admin.query('select subject, coordinates, notice_hash from consent_now where id = $1', [id])
  const { subject, coordinates, notice_hash } = rows[0]
  const one = { person: subject, role: 'SUBJECT', coordinates, hash: notice_hash, authn: 3, account: 2, ...changes }
  return tried(id, (client) =>
    client.query(
      `insert into consent_confirmation (consent_id, person, role, coordinates, notice_hash, method, account_level, authn_level, locale)
       values ($1, $2, $3, $4, $5, 'APP', $6, $7, 'vi')`,
      [id, one.person, one.role, one.coordinates, one.hash, one.account, one.authn],
    ),
  )
}

const grant = (id: string, actor: string, person: string, coordinates: string[]) =>
  tried(id, (client) =>
    client.query(
      "insert into consent_version (consent_id, state, actor, actor_person, coordinates) values ($1, 'GRANTED', $2, $3, $4)",
      [id, actor, person, coordinates],
    ),
  )

describe('a confirmation', () => {
  it('is taken only from who may give it, for the text shown, within what was asked, at the level it needs', async () => {
    const { id } = await steps.request(people.adult)
    const { rows } = await db.admin.query(
      "insert into consent_notice (hash, vi, en) select encode(sha256(convert_to(v || e'\\n\\n' || v, 'UTF8')), 'hex'), v, v from repeat('x', 60) v returning hash",
    )
    expect(await confirm(id, { person: people.otherAdult })).toBe('CN003')
    expect(await confirm(id, { person: people.parent, role: 'REPRESENTATIVE' })).toBe('CN003')
    expect(await confirm(id, { hash: rows[0].hash })).toBe('CN004')
    expect(await confirm(id, { coordinates: ['Citizen.fullName', 'Citizen.belief'] })).toBe('CN005')
    expect(await confirm(id, { authn: 2 })).toBe('CN006')
    expect(await confirm(id, { coordinates: [] })).toBe('23514')
    expect(await confirm(id, { coordinates: ['Citizen.fullName'], authn: 1 })).toBe('23514')
    expect(await confirm(id, { account: 1 })).toBe('23514')
    expect(await confirm(id, { coordinates: ['Citizen.fullName'], authn: 2 })).toBeNull()
    expect(await confirm(id, {})).toBe('23505')
  })

  it("is nobody's for the dead and the unknown, and not a small child's own", async () => {
    for (const person of [people.dead, people.unknown, people.smallChild, people.ward]) {
      const { id } = await steps.request(person)
      expect(await confirm(id, {}), person).toBe('CN003')
    }
  })

  it('is not taken once there is an answer', async () => {
    const { id } = await steps.request(people.otherAdult)
    await steps.end('refuseConsent', citizenOf(people.otherAdult), id)
    expect(await confirm(id, {})).toBe('CN001')
  })
})

describe('a grant', () => {
  it('rests on a confirmation of every field it gives', async () => {
    const { id } = await steps.request(people.guardian)
    expect(await grant(id, 'SUBJECT', people.guardian, ['Citizen.fullName'])).toBe('CN003')
    await confirm(id, { coordinates: ['Citizen.fullName'] })
    expect(await grant(id, 'SUBJECT', people.guardian, ['Citizen.fullName', 'Citizen.income'])).toBe('CN003')
    expect(await grant(id, 'SUBJECT', people.guardian, ['Citizen.belief'])).toBe('CN005')
    expect(await grant(id, 'SUBJECT', people.adult, ['Citizen.fullName'])).toBe('CN003')
    expect(await grant(id, 'GRANTEE', people.guardian, ['Citizen.fullName'])).toBe('CN003')
    expect(await grant(id, 'SUBJECT', people.guardian, ['Citizen.fullName'])).toBeNull()
  })

  it('of a child of 7 or over rests on two, where a field is sensitive', async () => {
    const { id } = await steps.request(people.child)
    await confirm(id, { person: people.parent, role: 'REPRESENTATIVE' })
    expect(await grant(id, 'REPRESENTATIVE', people.parent, ['Citizen.income'])).toBe('CN003')
    expect(await grant(id, 'SUBJECT', people.child, ['Citizen.income'])).toBe('CN003')
    await confirm(id, {})
    expect(await grant(id, 'SUBJECT', people.child, ['Citizen.income'])).toBeNull()
  })
})
