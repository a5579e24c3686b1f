/** The database's own guard: whatever the application tries, only the steps of the state machine are ever written. */
import fc from 'fast-check'
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

const states = ['REQUESTED', 'GRANTED', 'REFUSED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'] as const
type State = (typeof states)[number]

/** The machine of the law's notes, written down a second time: what the application may write from where. */
const allowed: Record<State, readonly State[]> = {
  REQUESTED: ['GRANTED', 'REFUSED'],
  GRANTED: ['RESTRICTED', 'REVOKED'],
  RESTRICTED: ['REVOKED'],
  REFUSED: [],
  REVOKED: [],
  EXPIRED: [],
  SUPERSEDED: [],
}

let made = 0
/** A consent asked of somebody nobody else asks, as confirmed as it can be. */
async function asked(): Promise<{ id: string; subject: string; coordinates: string[] }> {
  made += 1
  const subject = `90118${String(made).padStart(7, '0')}`
  await db.admin.query("insert into subject (personal_id, born_on, birth_year) values ($1, '1985', 1985)", [subject])
  const { id } = await steps.request(subject)
  const coordinates = ['Citizen.fullName', 'Citizen.income']
  await db.admin.query(
    `begin;
     insert into consent_confirmation (consent_id, person, role, coordinates, notice_hash, method, account_level, authn_level, locale)
       select '${id}', '${subject}', 'SUBJECT', v.coordinates, v.notice_hash, 'APP', 2, 3, 'vi' from consent_version v where v.consent_id = '${id}';
     insert into consent_event (operation, request_id, subjects, coordinates, level, consent_id, consent_version)
       values ('confirmConsent', 'test', '{${subject}}', '{Citizen.fullName}', 'L3', '${id}', 1);
     commit`,
  )
  return { id, subject, coordinates }
}

/** One step in the subject's name as the application's role would write it, with its record; gives the SQLSTATE. */
async function step(
  id: string,
  subject: string,
  state: State,
  actor: string,
  coordinates: string[],
): Promise<string | null> {
  const client = await db.app.connect()
  try {
    await client.query('begin')
    const person = actor === 'SUBJECT' || actor === 'REPRESENTATIVE' ? subject : null
    const { rows } = await client.query<{ version: number }>(
      'insert into consent_version (consent_id, state, actor, actor_person, coordinates) values ($1, $2, $3, $4, $5) returning version',
      [id, state, actor, person, coordinates],
    )
    await client.query(
      "insert into consent_event (operation, request_id, subjects, coordinates, level, consent_id, consent_version) values ('step', 'test', $1, $2, 'L3', $3, $4)",
      [[subject], coordinates, id, rows[0]?.version],
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

describe('the state machine', () => {
  it('takes exactly the allowed steps, in any order they are tried, and keeps its chain whole', async () => {
    const tries = fc.array(
      fc.record({
        state: fc.constantFrom(...states),
        actor: fc.constantFrom('SUBJECT', 'GRANTEE', 'SYSTEM', 'REPRESENTATIVE'),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    await fc.assert(
      fc.asyncProperty(tries, async (sequence) => {
        const { id, subject, coordinates } = await asked()
        let expected: State = 'REQUESTED'
        let version = 1
        for (const { state, actor } of sequence) {
          const isAllowed: boolean = actor === 'SUBJECT' && allowed[expected].includes(state)
          const refused = await step(id, subject, state, actor, coordinates)
          expect(refused === null).toBe(isAllowed)
          if (isAllowed) [expected, version] = [state, version + 1]
        }
        const { rows } = await db.admin.query(
          'select state, version, is_chain_whole(id) as whole from consent where id = $1',
          [id],
        )
        expect(rows).toEqual([{ state: expected, version, whole: true }])
      }),
      { numRuns: 25 },
    )
  })

  it('never grants more than was asked, or than was confirmed', async () => {
    const any = fc.subarray(['Citizen.fullName', 'Citizen.income', 'Citizen.belief', 'Citizen.nickname'], {
      minLength: 1,
    })
    await fc.assert(
      fc.asyncProperty(any, async (coordinates) => {
        const { id, subject } = await asked()
        const isWithin = coordinates.every((coordinate) => ['Citizen.fullName', 'Citizen.income'].includes(coordinate))
        expect((await step(id, subject, 'GRANTED', 'SUBJECT', coordinates)) === null).toBe(isWithin)
      }),
      { numRuns: 15 },
    )
  })

  it('takes a step by one of two who try at the same moment', async () => {
    const { id, subject, coordinates } = await asked()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => step(id, subject, 'GRANTED', 'SUBJECT', coordinates)),
    )
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
    expect(new Set(outcomes.filter((outcome) => outcome !== null))).toEqual(new Set(['CN001']))
  })
})

describe('what is written', () => {
  it('is never changed, deleted or emptied, not even by the owner', async () => {
    const { id } = await asked()
    for (const statement of [
      `update consent_version set state = 'GRANTED' where consent_id = '${id}'`,
      `delete from consent_version where consent_id = '${id}'`,
      'truncate consent_version cascade',
      `update consent set purpose = 'OTHER' where id = '${id}'`,
      `delete from consent where id = '${id}'`,
      `update consent_confirmation set method = 'WRITTEN' where consent_id = '${id}'`,
      `update consent_event set operation = 'other' where consent_id = '${id}'`,
      'delete from consent_notice',
    ]) {
      await expect(db.admin.query(statement), statement).rejects.toMatchObject({ code: 'CN001' })
    }
  })

  it('has a record in its own transaction, or is not written', async () => {
    const { id, subject, coordinates } = await asked()
    const withoutRecord = db.app.query(
      "insert into consent_version (consent_id, state, actor, actor_person, coordinates) values ($1, 'GRANTED', 'SUBJECT', $2, $3)",
      [id, subject, coordinates],
    )
    await expect(withoutRecord).rejects.toMatchObject({ code: 'CN001' })
    expect(await steps.stateOf(id)).toBe('REQUESTED')
  })

  it('shows a change that went round the triggers', async () => {
    const { id, subject, coordinates } = await asked()
    await step(id, subject, 'GRANTED', 'SUBJECT', coordinates)
    const isWhole = async () => (await db.admin.query('select is_chain_whole($1) as whole', [id])).rows[0].whole
    expect(await isWhole()).toBe(true)
    await db.admin.query(
      `begin; set local session_replication_role = replica; update consent_version set max_reads = 7 where consent_id = '${id}' and version = 1; commit`,
    )
    expect(await isWhole()).toBe(false)
  })

  it('names the clocks of Decree 356/2025 Art. 5 on a withdrawal', async () => {
    const { rows } = await db.admin.query(
      `select add_working_days('2026-11-19', 2)::text as thursday, add_working_days('2026-11-20', 2)::text as friday, add_working_days('2026-11-21', 2)::text as saturday`,
    )
    expect(rows).toEqual([{ thursday: '2026-11-23', friday: '2026-11-24', saturday: '2026-11-24' }])
    const id = await steps.granted(people.adult)
    await steps.end('withdrawConsent', citizenOf(people.adult), id)
    const clocks = await db.admin.query(
      'select done_by - today() as done, done_by_processor - today() as processor from consent_now where id = $1',
      [id],
    )
    expect(clocks.rows).toEqual([{ done: 15, processor: 20 }])
  })

  it('replaces a consent by a newer one only when that is granted', async () => {
    const former = await steps.granted(people.otherAdult)
    const bank = { audience: 'BANK-DEMO BANK-DEMO-CREDIT' } as never
    const { id } = await steps.request(people.otherAdult, { replaces: db.seal('ConsentRequest', former, bank) })
    expect(await steps.stateOf(former)).toBe('GRANTED')
    await steps.grant(citizenOf(people.otherAdult), id)
    expect([await steps.stateOf(former), await steps.stateOf(id)]).toEqual(['SUPERSEDED', 'GRANTED'])
  })
})
