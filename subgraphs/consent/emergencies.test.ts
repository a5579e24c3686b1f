/** Break-glass: opened alone, and seen at once by whom it is about; what the database itself refuses. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadPolicy } from '../../policy/load-policy.ts'
import type { Principal } from '../../policy/types.ts'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { clerk, doctor, guardSteps, reviewer } from '../../test/support/guard-steps.ts'
import { shipEvents } from './relay.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof guardSteps>
let caller: Principal
beforeAll(async () => {
  db = await consentDatabase()
  steps = guardSteps(db)
})
afterAll(() => db.close())

let made = 0
/** A doctor who has declared nothing yet. */
beforeEach(() => {
  made += 1
  caller = { ...doctor, sub: `doctor-${made}` }
})
const declare = (person: string = people.adult, changes: object = {}) => steps.declare(person, changes, caller)
const stateOf = async (number: string): Promise<string> =>
  (await db.admin.query('select state from emergency_now where case_number = $1', [number])).rows[0]?.state

describe('declaring', () => {
  it('opens to the caller alone, under its own purpose alone, exactly what the rules name for it', async () => {
    const { codes, number, payload } = await declare()
    expect([codes, await stateOf(number)]).toEqual([[], 'OPEN'])
    expect(number).toMatch(/^CC-\d{4}-\d{6}$/)
    const named = loadPolicy().rules.rules.flatMap(({ scope }) =>
      scope.purposes?.includes('EMERGENCY') ? (scope.coordinates ?? []) : [],
    )
    const opened = named.filter((coordinate) => !coordinate.startsWith('Mutation.')).toSorted()
    expect(opened.length).toBeGreaterThan(10)
    expect(payload?.coordinates).toEqual(opened)

    const covered = async (principal: Principal, person: string = people.adult) =>
      (await steps.factsOf(person, { ...principal, caseNumber: number })).caseCoordinates
    expect(await covered(caller)).toEqual(opened)
    for (const stranger of [
      { ...caller, sub: 'doctor-0' },
      { ...caller, org: 'BV-02002' },
      { ...caller, purpose: 'TREATMENT' },
      { ...caller, purpose: null },
    ])
      expect(await covered(stranger)).toBeNull()
    expect(await covered(caller, people.otherAdult)).toBeNull()
  })

  it('opens no ordinary case under the purpose of emergencies', async () => {
    await steps.openCase('KCB-2026-000700', [people.adult], { organisation: 'BV-01001', officers: [caller.sub] })
    const at = async (purpose: string) =>
      (await steps.factsOf(people.adult, { ...caller, purpose, caseNumber: 'KCB-2026-000700' })).caseCoordinates
    expect([await at('TREATMENT'), await at('EMERGENCY')]).toEqual([['Citizen.cardImage', 'Citizen.fullName'], null])
  })

  it('ends by itself', async () => {
    const { number } = await declare()
    const facts = () => steps.factsOf(people.adult, { ...caller, caseNumber: number })
    expect((await facts()).caseCoordinates).not.toBeNull()
    await steps.later(
      "update case_file set opened_at = now() - interval '5 hours', ends_at = now() - interval '1 hour' where number = $1",
      [number],
    )
    expect([(await facts()).caseCoordinates, await stateOf(number)]).toEqual([null, 'ENDED'])
  })

  it('is no business of anybody but an emergency doctor', async () => {
    for (const stranger of [
      clerk,
      reviewer,
      citizenOf(people.adult),
      { ...doctor, purpose: 'TREATMENT' },
      { ...doctor, purpose: null },
      { ...doctor, actor: 'app' },
      { ...doctor, authnLevel: 2 as const },
    ])
      expect((await steps.declare(people.adult, {}, stranger)).codes.length).toBeGreaterThan(0)
    expect((await declare(people.adult, { reason: 'OTHER' })).codes).toEqual(['BAD_USER_INPUT'])
    expect((await declare(people.adult, { note: 'a\nb' })).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('answers the same for a number that nobody has', async () => {
    const known = await declare(people.adult)
    const unknown = await declare(people.unknown)
    expect([unknown.codes, unknown.payload?.coordinates]).toEqual([known.codes, known.payload?.coordinates])
  })

  it('is bounded: five in a day, however many at once', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, async () => (await declare()).codes))
    expect(codes.filter((code) => code.length === 0)).toHaveLength(5)
    expect(codes.flat()).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED'])
  })
})

describe('the database', () => {
  it('lets the application open no emergency but by its own function, nor change one', async () => {
    const { number } = await declare()
    for (const sql of [
      "insert into case_file (number, kind, ends_at) values ('CC-2026-999999', 'EMERGENCY', now())",
      'insert into emergency (case_number) values (null)',
      "insert into emergency_coordinate values ('Citizen.cardImage')",
      'update guard_settings set emergencies_a_day = 100',
      'select nextval($$emergency_number$$)',
    ])
      await expect(db.app.query(sql), sql).rejects.toMatchObject({ code: '42501' })
    await steps.review(number, 'JUSTIFIED')
    for (const sql of [
      "update emergency set reason = 'OTHER'",
      'delete from emergency_review',
      'delete from emergency',
    ])
      await expect(db.admin.query(sql), sql).rejects.toMatchObject({ code: 'CN001' })
    // Declared without its record it never was.
    const bare = db.app.query(
      "select * from declare_emergency($1, 'BV-01001', 'v', 'e', 'x', 'staff-code', 'subject-code', 'OTHER', 'n')",
      [people.adult],
    )
    await expect(bare).rejects.toMatchObject({ code: 'CN001' })
  })
})

describe('whose data it is', () => {
  it('sees the emergency with its note and finding, among the cases, and in the log as such', async () => {
    while ((await shipEvents(db.services)) > 0);
    const person = people.guardian
    const { number } = await declare(person, { note: 'bất tỉnh sau tai nạn' })
    await steps.review(number, 'JUSTIFIED')
    const principal = citizenOf(person)
    const { data, errors } = await db.ask(
      principal,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen {
        cases(first: 5) { nodes { number procedureEn organisation closedAt } }
        emergencies(first: 5) { nodes { number organisation reason note state reviewNote } } } } }`,
      { of: [{ __typename: 'Citizen', id: db.seal('Citizen', person, principal) }] },
    )
    expect(errors).toBeUndefined()
    expect(data?.['_entities']).toEqual([
      {
        cases: { nodes: [{ number, procedureEn: 'Emergency', organisation: 'BV-01001', closedAt: null }] },
        emergencies: {
          nodes: [
            {
              number,
              organisation: 'BV-01001',
              reason: 'LIFE_THREAT',
              note: 'bất tỉnh sau tai nạn',
              state: 'JUSTIFIED',
              reviewNote: 'đã đối chiếu sổ trực',
            },
          ],
        },
      },
    ])
    await shipEvents(db.services)
    const records = db.records.filter(({ operation }) => operation?.endsWith('Emergency')).slice(-2)
    expect(records).toMatchObject([
      {
        operation: 'declareEmergency',
        principal: { purpose: 'EMERGENCY', sub: caller.sub },
        entries: [
          {
            subject: person,
            basis: '19.1.a',
            citation: 'Luật 91/2025/QH15, Điều 19 khoản 1 điểm a',
            caseNumber: number,
            level: 'L3',
          },
        ],
      },
      {
        operation: 'reviewEmergency',
        principal: { kind: 'REVIEWER' },
        entries: [{ subject: person, basis: '19.2', caseNumber: number }],
      },
    ])
    expect(JSON.stringify(records)).not.toContain('tai nạn')
  })
})
