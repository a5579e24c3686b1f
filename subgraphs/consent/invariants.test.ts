/** CM1-CM14: what must hold of every consent, each by its name, against a real database and through the graph. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentStateFor } from '../../policy/consent.ts'
import type { FieldClass, PersonFacts } from '../../policy/types.ts'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  type ConsentDatabase,
} from '../../test/support/consent-database.ts'
import { consentSteps } from '../../test/support/consent-steps.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
})
afterAll(() => db.close())

const fieldOf = (coordinate: string): FieldClass => db.services.graph.classes.get(coordinate) as FieldClass
const stateFor = (facts: PersonFacts, coordinate: string) =>
  consentStateFor(facts, fieldOf(coordinate), { when: null }, new Date(), 'PRIVATE').state
const bankReads = async (person: string, coordinate: string) => stateFor(await steps.factsOf(person), coordinate)

/** Ends what other tests left, so that each begins with nothing asked. */
const nothingAsked = async (subject: string) => {
  const { rows } = await db.admin.query<{ id: string; state: string }>(
    'select id, state from consent where subject = $1',
    [subject],
  )
  for (const { id, state } of rows) {
    if (state === 'REQUESTED') await steps.end('refuseConsent', citizenOf(subject), id)
    if (state === 'GRANTED' || state === 'RESTRICTED') await steps.end('withdrawConsent', citizenOf(subject), id)
  }
  await db.admin.query(
    "set session_replication_role = replica; update consent set requested_at = requested_at - interval '2 days'; reset session_replication_role",
  )
}

describe('invariants of consent', () => {
  beforeAll(async () => {
    await nothingAsked(people.adult)
  })

  it('CM1: silence never becomes a consent; the request runs out', async () => {
    const { id } = await steps.request(people.adult)
    expect(await bankReads(people.adult, 'Citizen.fullName')).toBe('NONE')
    await db.admin.query(
      "set session_replication_role = replica; update consent set requested_at = now() - interval '31 days', answer_by = now() - interval '1 minute', ends_at = now() - interval '1 minute' where state = 'REQUESTED'; reset session_replication_role",
    )
    expect((await steps.grant(citizenOf(people.adult), id)).codes).toEqual(['CONSENT_EXPIRED'])
    await db.app.query('select end_due(100)')
    expect(await steps.stateOf(id)).toBe('EXPIRED')
    expect(await bankReads(people.adult, 'Citizen.fullName')).toBe('NONE')
  })

  it('CM2: nothing is ticked beforehand: no field, no consent; what is left out stays out', async () => {
    await nothingAsked(people.adult)
    const { id } = await steps.request(people.adult)
    expect((await steps.grant(citizenOf(people.adult), id, { coordinates: [] })).codes).toEqual(['BAD_USER_INPUT'])
    expect((await steps.grant(citizenOf(people.adult), id, { coordinates: ['Citizen.fullName'] })).state).toBe(
      'GRANTED',
    )
    expect(await bankReads(people.adult, 'Citizen.fullName')).toBe('LIVE')
    expect(await bankReads(people.adult, 'Citizen.income')).toBe('NONE')
    const { rows } = await db.admin.query('select excluded from consent_now where id = $1', [id])
    expect(rows[0].excluded).toEqual(['Citizen.income'])
  })

  it('CM3: a consent has one purpose; the database takes no list of them', async () => {
    for (const purpose of ['CREDIT_ASSESSMENT,MARKETING', 'CREDIT_ASSESSMENT MARKETING', '{A,B}', '']) {
      const insert = db.app.query(
        "insert into consent (subject, grantee_org, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en) values ($1, 'BANK-DEMO', 'v', 'e', $2, 'v', 'e')",
        [people.adult, purpose],
      )
      await expect(insert).rejects.toMatchObject({ code: '23514', constraint: 'consent_purpose_check' })
    }
  })

  it('CM4: a sensitive field without its notice is refused by the database, and opens nothing', async () => {
    await nothingAsked(people.adult)
    const id = await steps.granted(people.adult)
    const withoutNotice = db.admin.query(
      `begin; insert into consent (id, subject, grantee_org, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en)
         select '00000000-0000-7000-8000-000000000001', '901099999998', grantee_org, grantee_vi, grantee_en, purpose, purpose_vi, purpose_en from consent where id = '${id}';
       insert into consent_version (consent_id, state, actor, coordinates, sensitive, controllers, mode, not_after, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, sensitive_notice)
         select '00000000-0000-7000-8000-000000000001', 'REQUESTED', 'GRANTEE', coordinates, sensitive, controllers, mode, not_after, retention_days, schema_hash, consequence_vi, consequence_en, notice_hash, false
           from consent_version where consent_id = '${id}' and version = 1; commit`,
    )
    await expect(withoutNotice).rejects.toMatchObject({ code: '23514' })
    await db.admin.query('rollback')
    const facts = await steps.factsOf(people.adult)
    const unnoticed = { ...facts, consents: facts.consents.map((one) => ({ ...one, sensitiveNotice: false })) }
    expect([stateFor(facts, 'Citizen.income'), stateFor(unnoticed, 'Citizen.income')]).toEqual(['LIVE', 'NONE'])
  })

  it('CM5: a field that came later is not covered, and a list has no wildcard', async () => {
    expect(await bankReads(people.adult, 'Citizen.nickname')).toBe('NONE')
    for (const coordinate of ['Citizen.*', 'Citizen', 'Citizen.nothingLikeIt']) {
      expect((await steps.request(people.otherAdult, { coordinates: [coordinate] })).codes).toEqual(['BAD_USER_INPUT'])
    }
  })

  it('CM6: another purpose is another consent', async () => {
    const facts = await steps.factsOf(people.adult, bankOf({ purpose: 'STATISTICS' }))
    expect(facts.consents).toEqual([])
    expect((await steps.request(people.adult, {}, bankOf({ purpose: 'STATISTICS' }))).codes).not.toEqual([])
  })

  it('CM7: a withdrawal holds from the next decision on; what was read before stays on record', async () => {
    await nothingAsked(people.adult)
    const id = await steps.granted(people.adult, { maxReads: 5 })
    expect((await db.facts.reserve([id], 'before')).get(id)).toBe(true)
    expect((await steps.end('withdrawConsent', citizenOf(people.adult), id)).state).toBe('REVOKED')
    expect(await bankReads(people.adult, 'Citizen.fullName')).toBe('WITHDRAWN')
    expect((await db.facts.reserve([id], 'after')).get(id)).toBe(false)
    const { rows } = await db.admin.query('select trace_id from consent_read where consent_id = $1', [id])
    expect(rows).toEqual([{ trace_id: 'before' }])
  })

  it('CM8: nobody consents for a capable adult; private life of a child of 7 or over takes two', async () => {
    await nothingAsked(people.otherAdult)
    const adults = await steps.request(people.otherAdult)
    for (const stranger of [people.parent, people.guardian, people.adult]) {
      expect((await steps.grant(citizenOf(stranger), adults.id)).codes).toEqual(['NOT_FOUND'])
    }
    const { id } = await steps.request(people.child)
    expect(await steps.grant(citizenOf(people.parent), id)).toMatchObject({ codes: [], state: 'REQUESTED' })
    expect(await bankReads(people.child, 'Citizen.income')).toBe('NONE')
    expect(await steps.grant(citizenOf(people.child), id)).toMatchObject({ codes: [], state: 'GRANTED' })
    expect(await bankReads(people.child, 'Citizen.income')).toBe('LIVE')
    expect((await steps.factsOf(people.child)).consents[0]).toMatchObject({ coConsent: true })
  })

  it('CM9: a withdrawn consent never returns, and a restore from backup withdraws it again', async () => {
    await nothingAsked(people.adult)
    const withdrawn = await steps.granted(people.adult)
    await steps.end('withdrawConsent', citizenOf(people.adult), withdrawn)
    expect((await steps.grant(citizenOf(people.adult), withdrawn)).codes).toEqual(['BAD_USER_INPUT'])
    expect(await steps.stateOf(withdrawn)).toBe('REVOKED')

    // A backup from before the withdrawal still says GRANTED; the log of disclosures says otherwise.
    const restored = await steps.granted(people.adult)
    const replay = async () =>
      (await db.admin.query('select replay_withdrawal($1) as revived', [restored])).rows[0].revived
    expect([await replay(), await replay()]).toEqual([true, false])
    expect(await bankReads(people.adult, 'Citizen.fullName')).toBe('WITHDRAWN')
    const { rows } = await db.admin.query(
      'select actor, reason from consent_version where consent_id = $1 and version = 3',
      [restored],
    )
    expect(rows).toEqual([{ actor: 'SYSTEM', reason: 'RESTORED' }])
  })

  it('CM10: health data opens to an insurer or bank on a written request alone', async () => {
    await nothingAsked(people.adult)
    const { id } = await steps.request(people.adult, { coordinates: ['Citizen.diagnosis'] })
    expect((await steps.grant(citizenOf(people.adult), id)).errors).toMatchObject([
      { code: 'BAD_USER_INPUT', field: ['input', 'method'] },
    ])
    expect((await steps.grant(citizenOf(people.adult), id, { method: 'WRITTEN' })).errors).toMatchObject([
      { field: ['input', 'evidenceRef'] },
    ])
    expect(
      (await steps.grant(citizenOf(people.adult), id, { method: 'WRITTEN', evidenceRef: 'VB-01/2026' })).state,
    ).toBe('GRANTED')
    expect(await bankReads(people.adult, 'Citizen.diagnosis')).toBe('LIVE')
    const facts = await steps.factsOf(people.adult)
    expect(
      stateFor({ ...facts, consents: facts.consents.map((one) => ({ ...one, written: false })) }, 'Citizen.diagnosis'),
    ).toBe('NONE')
  })

  it('CM11: no consent is even asked for what no consent opens', async () => {
    expect((await steps.request(people.otherParent, { coordinates: ['Citizen.cardImage'] })).codes).toEqual([
      'CLASSIFICATION_DENIED',
    ])
    const core: FieldClass = { ...fieldOf('Citizen.fullName'), level: 'L5', importance: 'CORE' }
    const facts = await steps.factsOf(people.child)
    expect(consentStateFor(facts, core, { when: null }, new Date(), 'PRIVATE').state).toBe('NONE')
  })

  it('CM12: what rests on the law is no consent: it is neither asked for nor offered for withdrawal', async () => {
    const officer = bankOf({
      kind: 'OFFICIAL',
      org: 'UBND-00004',
      orgKind: 'STATE_AGENCY',
      roles: ['civil-status-officer'],
      purpose: 'CIVIL_STATUS',
    })
    expect((await steps.request(people.adult, {}, officer)).codes).not.toEqual([])
    const { rows } = await db.admin.query("select from consent where purpose = 'CIVIL_STATUS'")
    expect(rows).toEqual([])
  })

  it('CM13: with the death of the subject every consent ends', async () => {
    await nothingAsked(people.otherAdult)
    const id = await steps.granted(people.otherAdult)
    await db.admin.query('update subject set deceased_on = today() where personal_id = $1', [people.otherAdult])
    expect(await steps.stateOf(id)).toBe('EXPIRED')
    expect(await bankReads(people.otherAdult, 'Citizen.fullName')).toBe('EXPIRED')
    expect((await db.facts.reserve([id], 'after')).get(id)).toBe(false)
    await db.admin.query('update subject set deceased_on = null where personal_id = $1', [people.otherAdult])
    expect(await steps.stateOf(id)).toBe('EXPIRED')
  })

  it('CM14: one person consents for themselves alone: a field about two people stays shut for the other', async () => {
    await nothingAsked(people.adult)
    await steps.granted(people.adult)
    const facts = await db.facts.load([people.adult, people.parent], bankOf(), 'trace')
    const states = [people.adult, people.parent].map((person) =>
      stateFor(facts.get(person) as PersonFacts, 'Citizen.fullName'),
    )
    expect(states).toEqual(['LIVE', 'NONE'])
  })
})
