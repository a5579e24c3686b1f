/** What the database itself refuses of an approval, and what is left of it for whose data it is: a view, and a record. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { guardSteps, head } from '../../test/support/guard-steps.ts'
import { shipEvents } from './relay.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof guardSteps>
const number = 'HT-2026-000600'
beforeAll(async () => {
  db = await consentDatabase()
  steps = guardSteps(db)
  await steps.openCase(number, [people.adult, people.otherAdult])
})
afterAll(() => db.close())

describe('the database', () => {
  const step = (id: string, changes: Record<string, unknown> = {}) => {
    const one = { state: 'GIVEN', org: head.org, staff: 'head-1', authn_level: 4, ...changes }
    return db.app.query(
      `insert into approval_step (approval_id, state, org, staff, authn_level, notice_hash)
       select id, $2, $3, $4, $5, case when $2 = 'GIVEN' then notice_hash end from approval where id = $1`,
      [id, one.state, one.org, one.staff, one.authn_level],
    )
  }

  it('itself refuses the same person, another organisation, a weak sign-in, and a step without its record', async () => {
    const { id } = await steps.request(number)
    await expect(step(id, { staff: 'clerk-1' })).rejects.toMatchObject({ code: 'CN008' })
    await expect(step(id, { staff: 'clerk-1', state: 'REFUSED' })).rejects.toMatchObject({ code: 'CN008' })
    await expect(step(id, { org: 'UBND-26740' })).rejects.toMatchObject({ code: 'CN003' })
    await expect(step(id, { authn_level: 3 })).rejects.toMatchObject({ code: '23514' })
    await expect(step(id)).rejects.toMatchObject({ code: 'CN001' })
    expect(await steps.stateOf(id)).toBe('REQUESTED')
  })

  it('gives the time box itself, and lets nobody stretch it', async () => {
    const { id } = await steps.request(number, { minutes: 240 })
    await steps.give(id)
    const { rows } = await db.admin.query('select ends_at - at as box from approval_step where approval_id = $1', [id])
    expect(rows).toEqual([{ box: expect.objectContaining({ hours: 4 }) }])
    for (const column of ['ends_at', 'at']) {
      const insert = db.app.query(`insert into approval_step (approval_id, ${column}) values ($1, now())`, [id])
      await expect(insert).rejects.toMatchObject({ code: '42501' })
    }
    await expect(db.admin.query("update approval_step set ends_at = ends_at + interval '1 day'")).rejects.toMatchObject(
      { code: 'CN001' },
    )
    await expect(db.admin.query('update approval set minutes = 1')).rejects.toMatchObject({ code: 'CN001' })
    await expect(db.admin.query('delete from approval_step')).rejects.toMatchObject({ code: 'CN001' })
    await expect(db.admin.query("update guard_settings set approval_longest = '2 days'")).rejects.toMatchObject({
      code: '23514',
    })
    await expect(db.admin.query('delete from guard_settings')).rejects.toMatchObject({ code: 'CN001' })
  })
})

describe('whose data it is', () => {
  it('sees who asked, who may read what, how long and why; a neighbour does not', async () => {
    const { id } = await steps.request(number)
    await steps.give(id)
    const seen = async (person: string, caller = citizenOf(person)) => {
      const of = [{ __typename: 'Citizen', id: db.seal('Citizen', person, caller) }]
      const { data, errors = [] } = await db.ask(
        caller,
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { approvals(first: 100) { nodes {
          state caseNumber organisation purpose coordinates minutes reason answeredAt endsAt } } } } }`,
        { of },
      )
      const citizen = (data?.['_entities'] as { approvals: { nodes: object[] } | null }[] | undefined)?.[0]
      return { nodes: citizen?.approvals?.nodes ?? [], codes: errors.map(({ extensions }) => extensions['code']) }
    }
    for (const person of [people.adult, people.otherAdult])
      expect((await seen(person)).nodes.at(-1)).toMatchObject({
        state: 'GIVEN',
        caseNumber: number,
        organisation: 'UBND-00004',
        purpose: 'CIVIL_STATUS',
        coordinates: ['Citizen.cardImage'],
        minutes: 60,
        reason: 'DISPUTE',
        answeredAt: expect.anything(),
        endsAt: expect.anything(),
      })
    expect((await seen(people.parent)).nodes).toEqual([])
    expect((await seen(people.adult, citizenOf(people.parent))).codes).toEqual(['CLASSIFICATION_DENIED'])
  })

  it('stands in the log with the case and the law, for each of them', async () => {
    while ((await shipEvents(db.services)) > 0);
    const { id } = await steps.request(number)
    await steps.give(id)
    await steps.end('withdrawApproval', id)
    await shipEvents(db.services)
    const last = db.records.slice(-3)
    expect(last.map(({ operation }) => operation)).toEqual(['requestApproval', 'giveApproval', 'withdrawApproval'])
    for (const { entries } of last)
      expect(entries).toMatchObject(
        [people.adult, people.otherAdult].map((subject) => ({
          subject,
          coordinates: ['Citizen.cardImage'],
          level: 'L4',
          basis: '19.2',
          citation: 'NĐ 356/2025/NĐ-CP, Điều 4 khoản 2',
          caseNumber: number,
        })),
      )
  })
})
