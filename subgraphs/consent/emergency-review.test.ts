/** An emergency is closed by a reviewer, who sees it at once and in pseudonyms. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../policy/types.ts'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { clerk, doctor, guardSteps, reviewer } from '../../test/support/guard-steps.ts'

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

describe('the review', () => {
  const reports = async (state?: string, principal = reviewer) => {
    const { data, errors } = await db.ask(
      principal,
      `query ($state: EmergencyState) { emergencies(first: 100, state: $state) { nodes {
        number organisation staffCode subjectCode reason state openedAt endsAt reviewBy reviewedAt } } }`,
      { state },
    )
    expect(errors).toBeUndefined()
    return (data?.['emergencies'] as { nodes: Record<string, unknown>[] } | undefined)?.nodes ?? []
  }

  it('is asked for at once: who, of which organisation, when and why, in pseudonyms', async () => {
    const { number } = await declare(people.child, { note: 'bất tỉnh sau tai nạn' })
    const report = (await reports('OPEN')).find((one) => one['number'] === number)
    expect(report).toMatchObject({ organisation: 'BV-01001', reason: 'LIFE_THREAT', state: 'OPEN', reviewedAt: null })
    const text = JSON.stringify(await reports())
    for (const hidden of [people.child, people.adult, caller.sub, 'tai nạn']) expect(text).not.toContain(hidden)
    const { errors } = await db.ask(clerk, '{ emergencies { nodes { number } } }')
    expect(errors?.[0]?.extensions['code']).toBe('CLASSIFICATION_DENIED')
  })

  it('ends at once what was unjustified, and bars who declared it', async () => {
    const { number } = await declare()
    expect(await steps.review(number, 'UNJUSTIFIED')).toMatchObject({
      codes: [],
      payload: { state: 'UNJUSTIFIED', report: { state: 'UNJUSTIFIED' } },
    })
    expect((await steps.factsOf(people.adult, { ...caller, caseNumber: number })).caseCoordinates).toBeNull()
    expect((await declare()).codes).toEqual(['PURPOSE_NOT_ALLOWED'])
    expect((await steps.review(number, 'JUSTIFIED')).codes).toEqual(['BAD_USER_INPUT'])
    // A second reviewer looks again: the last finding holds, and what was closed stays closed.
    expect((await steps.review(number, 'JUSTIFIED', { ...reviewer, sub: 'reviewer-2' })).codes).toEqual([])
    expect((await steps.factsOf(people.adult, { ...caller, caseNumber: number })).caseCoordinates).toBeNull()
    expect((await declare()).codes).toEqual([])
  })

  it('bars for ninety days', async () => {
    const { number } = await declare()
    await steps.review(number, 'UNJUSTIFIED')
    const reviewed = (days: number) =>
      steps.later(`update emergency_review set at = now() - interval '${days} days' where case_number = $1`, [number])
    await reviewed(89)
    expect((await declare()).codes).toEqual(['PURPOSE_NOT_ALLOWED'])
    await reviewed(91)
    expect((await declare()).codes).toEqual([])
    expect(await stateOf(number)).toBe('UNJUSTIFIED')
  })

  it('leaves what was justified to run out its time', async () => {
    const { number } = await declare()
    expect((await steps.review(number, 'JUSTIFIED')).payload?.state).toBe('JUSTIFIED')
    expect((await steps.factsOf(people.adult, { ...caller, caseNumber: number })).caseCoordinates).not.toBeNull()
    expect((await declare()).codes).toEqual([])
  })

  it('that is overdue is listed as such, and bars until it is done', async () => {
    const { number } = await declare()
    await steps.later(
      "update emergency set declared_at = now() - interval '4 days', review_by = now() - interval '1 day' where case_number = $1",
      [number],
    )
    expect((await reports('OVERDUE')).map((one) => one['number'])).toContain(number)
    expect((await declare()).codes).toEqual(['PURPOSE_NOT_ALLOWED'])
    expect((await steps.review(number, 'JUSTIFIED')).codes).toEqual([])
    expect((await declare()).codes).toEqual([])
  })

  it("is a reviewer's of another organisation, also to the database", async () => {
    const { number } = await declare()
    for (const stranger of [caller, clerk, citizenOf(people.adult)])
      expect((await steps.review(number, 'JUSTIFIED', stranger)).codes).toEqual([
        expect.stringMatching(/DENIED|UNAUTHENTICATED/),
      ])
    const insert = (reviewerSub: string, org: string) =>
      db.app.query(
        "insert into emergency_review (case_number, reviewer, org, finding, note) values ($1, $2, $3, 'JUSTIFIED', 'x')",
        [number, reviewerSub, org],
      )
    await expect(insert('reviewer-1', 'BV-01001')).rejects.toMatchObject({ code: 'CN008' })
    await expect(insert(caller.sub, 'TTATTT')).rejects.toMatchObject({ code: 'CN008' })
    // Without its record it is undone.
    await expect(insert('reviewer-1', 'TTATTT')).rejects.toMatchObject({ code: 'CN001' })
    expect(await stateOf(number)).toBe('OPEN')
  })
})
