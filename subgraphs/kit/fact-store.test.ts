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
import { officer } from '../../test/support/disclosures.ts'
import { clerk, guardSteps } from '../../test/support/guard-steps.ts'
import { until } from '../../test/support/oversight-database.ts'
import { isConsentStoreUnavailable } from './consent-store-unavailable.ts'
import { createFactStore } from './fact-store.ts'
import { createPool } from './postgres/create-pool.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
})
afterAll(() => db.close())

const subjectOf = async (person: string, principal = bankOf()) => {
  const { subjectClass, relation } = await steps.factsOf(person, principal)
  return [subjectClass, relation]
}

describe('who a person is', () => {
  it.each([
    [people.adult, 'ADULT'],
    [people.smallChild, 'CHILD_UNDER_7'],
    [people.child, 'CHILD_7_17'],
    [people.ward, 'REPRESENTED'],
    [people.dead, 'DECEASED'],
    [people.unknown, 'ADULT'],
  ])('%s is %s', async (person, expected) => {
    expect(await subjectOf(person)).toEqual([expected, 'OTHER'])
  })

  it('counts who may still be a child as one, where only the year or month of birth is known', async () => {
    const { rows } = await db.admin.query(
      `select class_of('2019', null, false, '2026-12-30') as before, class_of('2019', null, false, '2026-12-31') as after,
              class_of('2008-11', null, false, '2026-11-29') as month, class_of('2008-11-22', null, false, '2026-11-22') as day,
              class_of('1950', '2026-11-22', true, '2026-11-21') as alive, class_of('1950', '2026-11-22', true, '2026-11-22') as dead`,
    )
    expect(rows[0]).toEqual({
      before: 'CHILD_UNDER_7',
      after: 'CHILD_7_17',
      month: 'CHILD_7_17',
      day: 'ADULT',
      alive: 'REPRESENTED',
      dead: 'DECEASED',
    })
  })

  it('tells self and representative by the records alone', async () => {
    expect(await subjectOf(people.adult, citizenOf(people.adult))).toEqual(['ADULT', 'SELF'])
    expect(await subjectOf(people.child, citizenOf(people.parent))).toEqual(['CHILD_7_17', 'REPRESENTATIVE'])
    expect(await subjectOf(people.smallChild, citizenOf(people.otherParent))).toEqual(['CHILD_UNDER_7', 'OTHER'])
    expect(await subjectOf(people.ward, citizenOf(people.guardian))).toEqual(['REPRESENTED', 'REPRESENTATIVE'])
    expect(await subjectOf(people.parent, citizenOf(people.child))).toEqual(['ADULT', 'OTHER'])
  })

  it('gives no power by a record that is over, suspended, or of somebody now capable', async () => {
    const relation = async () => (await subjectOf(people.child, citizenOf(people.otherParent)))[1]
    const parent = people.otherParent
    for (const [change, undo] of [
      ['protective = true', 'protective = false'],
      ['valid_to = today()', 'valid_to = null'],
      ['valid_from = today() + 1', "valid_from = '2000-01-01'"],
    ]) {
      await db.admin.query(`update guardianship set ${change} where representative = $1`, [parent])
      expect(await relation(), change).toBe('OTHER')
      await db.admin.query(`update guardianship set ${undo} where representative = $1`, [parent])
      expect(await relation(), undo).toBe('REPRESENTATIVE')
    }
    await db.admin.query("update subject set born_on = '1990', birth_year = 1990 where personal_id = $1", [people.ward])
    await db.admin.query('update subject set represented = false where personal_id = $1', [people.ward])
    expect(await subjectOf(people.ward, citizenOf(people.guardian))).toEqual(['ADULT', 'OTHER'])
    await db.admin.query('update subject set represented = true where personal_id = $1', [people.ward])
  })
})

describe('consents', () => {
  it('are those of this organisation and purpose, and never a request or a refusal', async () => {
    const id = await steps.granted(people.adult)
    const { id: refused } = await steps.request(people.otherAdult)
    expect((await steps.factsOf(people.otherAdult)).consents).toEqual([])
    await steps.end('refuseConsent', citizenOf(people.otherAdult), refused)
    expect((await steps.factsOf(people.otherAdult)).consents).toEqual([])
    expect((await steps.factsOf(people.adult)).consents).toMatchObject([
      { id, state: 'GRANTED', version: 2, readsLeft: null, dataFrom: null },
    ])
    for (const other of [
      bankOf({ org: 'BV-01001' }),
      bankOf({ purpose: 'OTHER' }),
      bankOf({ purpose: null }),
      bankOf({ org: null }),
    ]) {
      expect((await steps.factsOf(people.adult, other)).consents).toEqual([])
    }
  })

  it('given by a representative end when the subject can decide alone', async () => {
    const { id } = await steps.request(people.ward)
    expect((await steps.grant(citizenOf(people.guardian), id)).state).toBe('GRANTED')
    expect((await steps.factsOf(people.ward)).consents).toMatchObject([{ state: 'GRANTED' }])
    await db.admin.query('update subject set represented = false where personal_id = $1', [people.ward])
    expect((await steps.factsOf(people.ward)).consents).toMatchObject([{ state: 'EXPIRED' }])
    await db.admin.query('update subject set represented = true where personal_id = $1', [people.ward])
  })

  it('of many people come in one query, one answer a person', async () => {
    const facts = await db.facts.load([...Object.values(people), people.adult], bankOf(), 'trace')
    expect([...facts.keys()].toSorted()).toEqual(Object.values(people).toSorted())
  })
})

describe('cases', () => {
  const number = 'HT-2026-000077'
  const clerk = officer({ sub: 'clerk-1', unit: 'HO-TICH', caseNumber: number })
  const caseOf = async (principal = clerk, person: string = people.adult) =>
    (await steps.factsOf(person, principal)).caseCoordinates

  it('cover their subject for their handlers while they are open, and nothing else', async () => {
    const input = {
      number,
      procedureCode: 'HT.1',
      procedure: 'Cải chính hộ tịch',
      procedureEn: 'Correction',
      organisation: 'UBND-00004',
      subjects: [people.adult, people.unknown],
      officers: ['clerk-1'],
      units: ['MOT-CUA'],
      coordinates: ['Citizen.belief', 'Citizen.fullName'],
    }
    expect((await steps.call(procedureSystemOf(), 'registerCase', 'RegisterCaseInput', input)).codes).toEqual([])
    expect(await caseOf()).toEqual(['Citizen.belief', 'Citizen.fullName'])
    expect(await caseOf({ ...clerk, sub: 'clerk-2', unit: 'MOT-CUA' })).toEqual(['Citizen.belief', 'Citizen.fullName'])
    expect(await caseOf(clerk, people.unknown)).toEqual(['Citizen.belief', 'Citizen.fullName'])
    expect(await caseOf({ ...clerk, actor: 'clerk-9' })).toBeNull()
    for (const stranger of [
      { ...clerk, sub: 'clerk-2' },
      { ...clerk, sub: 'MOT-CUA', unit: null },
      { ...clerk, org: 'UBND-26740' },
      { ...clerk, caseNumber: 'HT-2026-000078' },
      { ...clerk, caseNumber: null },
    ]) {
      expect(await caseOf(stranger)).toBeNull()
    }
    expect(await caseOf(clerk, people.otherAdult)).toBeNull()

    expect((await steps.call(procedureSystemOf(), 'closeCase', 'CloseCaseInput', { number })).codes).toEqual([])
    expect(await caseOf()).toBeNull()
  })
})

describe('approvals', () => {
  const number = 'HT-2026-000079'
  const guards = () => guardSteps(db)
  const reading = { ...clerk, caseNumber: number }
  const approvedTo = async (principal: Principal = reading, person: string = people.adult) =>
    (await steps.factsOf(person, principal)).approvedCoordinates

  it('reach who they are for, for the case and purpose named, in the query that finds everything else', async () => {
    await guards().openCase(number, [people.adult])
    expect(await approvedTo()).toBeNull()
    const { id } = await guards().request(number)
    expect(await approvedTo()).toBeNull()
    await guards().give(id)
    expect(await approvedTo()).toEqual(['Citizen.cardImage'])
    for (const stranger of [
      { ...reading, sub: 'clerk-2' },
      { ...reading, org: 'UBND-26740' },
      { ...reading, purpose: 'LAND_REGISTRATION' },
      { ...reading, caseNumber: null },
    ])
      expect(await approvedTo(stranger)).toBeNull()
    expect(await approvedTo(reading, people.otherAdult)).toBeNull()

    await guards().end('withdrawApproval', id)
    expect(await approvedTo()).toBeNull()
  })

  it('end with their time, and with their case', async () => {
    const { id } = await guards().request(number)
    await guards().give(id)
    expect(await approvedTo()).toEqual(['Citizen.cardImage'])
    await guards().later('update approval_step set ends_at = now() where approval_id = $1', [id])
    expect(await approvedTo()).toBeNull()

    const next = await guards().request(number)
    await guards().give(next.id)
    await guards().closeCase(number)
    expect(await approvedTo()).toBeNull()
  })

  it('of a unit are not for whoever gave them', async () => {
    const other = 'HT-2026-000080'
    await guards().openCase(other, [people.adult])
    const { id } = await guards().request(other, { unit: 'MOT-CUA' })
    await guards().give(id)
    const ofUnit = { ...reading, caseNumber: other, unit: 'MOT-CUA' }
    expect(await approvedTo({ ...ofUnit, sub: 'clerk-7' })).toEqual(['Citizen.cardImage'])
    expect(await approvedTo({ ...ofUnit, sub: 'head-1' })).toBeNull()
  })
})

describe('reads', () => {
  it('are taken once a trace, and a trace keeps what it has taken', async () => {
    const id = await steps.granted(people.otherParent, { maxReads: 1 })
    const left = async (trace: string) =>
      (await steps.factsOf(people.otherParent, bankOf(), trace)).consents[0]?.readsLeft
    expect(await left('one')).toBe(1)
    for (let fetch = 0; fetch < 3; fetch += 1) expect((await db.facts.reserve([id], 'one')).get(id)).toBe(true)
    expect([await left('one'), await left('two')]).toEqual([1, 0])
    expect((await db.facts.reserve([id], 'two')).get(id)).toBe(false)
  })

  it('never exceed their bound, however many ask at once', async () => {
    const id = await steps.granted(people.otherAdult, { maxReads: 3 })
    const taken = await Promise.all(
      Array.from({ length: 24 }, (_, trace) => db.facts.reserve([id, id], `trace-${trace}`)),
    )
    expect(taken.filter((answer) => answer.get(id))).toHaveLength(3)
    const { rows } = await db.admin.query('select reads_used from consent where id = $1', [id])
    expect(rows).toEqual([{ reads_used: 3 }])
  })

  it('wait for one another: the last one goes to who came first', async () => {
    const id = await steps.granted(people.guardian, { maxReads: 1 })
    const first = await db.admin.connect()
    await first.query("begin; select * from reserve_reads(array['" + id + "'::uuid], 'first')")
    const second = db.facts.reserve([id], 'second')
    await until(
      db.admin,
      "select exists (select from pg_stat_activity where datname = $1 and wait_event_type = 'Lock')",
      [db.database.name],
    )
    await first.query('commit')
    first.release()
    expect((await second).get(id)).toBe(false)
  })

  it('are not taken of a consent that is being withdrawn', async () => {
    const id = await steps.granted(people.parent, { maxReads: 1 })
    const withdrawing = await db.admin.connect()
    await withdrawing.query(
      `begin;
       insert into consent_version (consent_id, state, actor, actor_person) values ('${id}', 'REVOKED', 'SUBJECT', '${people.parent}');
       insert into consent_event (operation, request_id, subjects, coordinates, level, consent_id, consent_version)
         values ('withdrawConsent', 'test', '{${people.parent}}', '{Citizen.fullName}', 'L2', '${id}', 3)`,
    )
    const read = db.facts.reserve([id], 'trace')
    await until(
      db.admin,
      "select exists (select from pg_stat_activity where datname = $1 and wait_event_type = 'Lock')",
      [db.database.name],
    )
    await withdrawing.query('commit')
    withdrawing.release()
    expect((await read).get(id)).toBe(false)
  })

  it('of what is unknown are refused', async () => {
    const id = '00000000-0000-0000-0000-000000000000'
    expect((await db.facts.reserve([id], 'trace')).get(id)).toBe(false)
    expect((await db.facts.reserve([], 'trace')).size).toBe(0)
  })
})

describe('the store', () => {
  it('tells callers who ask at the same time what it tells each alone', async () => {
    const callers = [
      bankOf(),
      citizenOf(people.adult),
      officer(),
      bankOf({ purpose: 'INSURANCE' }),
      bankOf({ org: 'BANK-B' }),
    ]
    const asked = callers.flatMap((caller) =>
      [people.adult, people.child, people.dead].map((one) => [[one], caller] as const),
    )
    const together = await Promise.all(asked.map(([persons, caller]) => db.facts.load(persons, caller, 'trace')))
    for (const [index, [persons, caller]] of asked.entries())
      expect(together[index]).toEqual(await db.facts.load(persons, caller, 'trace'))
  })

  it('says so when it can not be asked', async () => {
    const pool = createPool({ ...db.database.as('consent_reader'), password: 'wrong' }, { applicationName: 'test' })
    const store = createFactStore(pool)
    await expect(store.load([people.adult], bankOf(), 'trace')).rejects.toSatisfy(isConsentStoreUnavailable)
    await expect(store.reserve(['00000000-0000-0000-0000-000000000000'], 'trace')).rejects.toSatisfy(
      isConsentStoreUnavailable,
    )
    await pool.end()
  })
})
