/** A second person's approval: who may ask, who may answer, and what the database itself refuses. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { clerk, guardSteps, head } from '../../test/support/guard-steps.ts'
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

const otherHead = { ...head, sub: 'head-2' }
const foreignHead = { ...head, org: 'UBND-26740', audience: 'UBND-26740 ho-tich' }

describe('asking', () => {
  it('is for a handler of the open case, within the case and the settings', async () => {
    const { codes, id } = await steps.request(number)
    expect([codes, await steps.stateOf(id)]).toEqual([[], 'REQUESTED'])
    for (const [changes, code, field] of [
      [{ case: 'HT-2026-999999' }, 'NOT_FOUND', 'case'],
      [{ coordinates: ['Citizen.belief'] }, 'BAD_USER_INPUT', null],
      [{ coordinates: [] }, 'BAD_USER_INPUT', 'coordinates'],
      [{ minutes: 241 }, 'BAD_USER_INPUT', null],
      [{ minutes: 0 }, 'BAD_USER_INPUT', 'minutes'],
      [{ staff: 'clerk-9' }, 'BAD_USER_INPUT', null],
      [{ unit: 'LANH-DAO' }, 'BAD_USER_INPUT', null],
      [{ staff: 'clerk-2', unit: 'MOT-CUA' }, 'BAD_USER_INPUT', 'unit'],
      [{ reference: people.adult }, 'BAD_USER_INPUT', 'reference'],
    ] as const) {
      const refused = await steps.request(number, changes)
      expect([refused.codes, refused.field?.[1] ?? null], JSON.stringify(changes)).toEqual([[code], field])
    }
  })

  it('is refused alike for a case of others, of another organisation, or closed', async () => {
    await steps.openCase('HT-2026-000601', [people.adult])
    await steps.closeCase('HT-2026-000601')
    const refusals = [
      await steps.request('HT-2026-000601'),
      await steps.request(number, {}, { ...clerk, sub: 'clerk-9' }),
      await steps.request(number, {}, { ...clerk, org: 'UBND-26740' }),
      await steps.request('HT-2026-999999'),
    ]
    for (const { codes, payload } of refusals) expect([codes, payload]).toEqual([['NOT_FOUND'], refusals[0]?.payload])
  })

  it('says to the second person what is asked, and never whose data', async () => {
    const { id } = await steps.request(number, { unit: 'MOT-CUA', reference: 'TC-12/2026' })
    const { data, errors } = await db.ask(
      head,
      '{ approvalRequests(first: 50, state: REQUESTED) { nodes { id caseNumber unit staff requestedBy minutes notice noticeEn noticeHash } } }',
    )
    expect(errors).toBeUndefined()
    const nodes = (data?.['approvalRequests'] as { nodes: Record<string, string>[] } | undefined)?.nodes ?? []
    const found = nodes.find(
      (node) => db.services.ids.open(String(node['id']), 'ApprovalRequest', head.audience) === id,
    )
    expect(found).toMatchObject({
      caseNumber: number,
      unit: 'MOT-CUA',
      staff: null,
      requestedBy: 'clerk-1',
      minutes: 60,
    })
    for (const words of ['Citizen.cardImage', 'MOT-CUA', '60 minutes', 'TC-12/2026', number, 'clerk-1'])
      expect(found?.['noticeEn']).toContain(words)
    expect(JSON.stringify(nodes)).not.toMatch(/9\d{11}/)
    const elsewhere = await db.ask(foreignHead, '{ approvalRequests(first: 50) { nodes { id } } }')
    expect(elsewhere.data).toEqual({ approvalRequests: { nodes: [] } })
  })

  it('is bounded: one officer has so many waiting and no more', async () => {
    const asker = { ...clerk, sub: 'clerk-2' }
    const codes = await Promise.all(
      Array.from({ length: 14 }, async () => (await steps.request(number, {}, asker)).codes),
    )
    expect(codes.filter((code) => code.length === 0)).toHaveLength(10)
    expect(codes.flat()).toEqual(Array.from({ length: 4 }, () => 'RATE_LIMITED'))
  })
})

describe('answering', () => {
  it('is for another person of the same organisation, at level 4, on the text that was shown', async () => {
    const { id } = await steps.request(number, { staff: 'clerk-2' })
    expect((await steps.give(id, foreignHead)).codes).toEqual(['NOT_FOUND'])
    expect((await steps.give(id, clerk)).codes).toEqual(['CLASSIFICATION_DENIED'])
    for (const sub of ['clerk-1', 'clerk-2'])
      expect((await steps.give(id, { ...head, sub })).codes).toEqual(['BAD_USER_INPUT'])
    expect((await steps.give(id, { ...head, authnLevel: 3 })).codes).toEqual(['ASSURANCE_TOO_LOW'])
    for (const hash of ['f'.repeat(64), ''])
      expect((await steps.give(id, head, hash)).codes).toEqual(['BAD_USER_INPUT'])
    expect(await steps.stateOf(id)).toBe('REQUESTED')
    expect(await steps.give(id)).toMatchObject({ codes: [], payload: { state: 'GIVEN' } })
  })

  it('comes too late after the time to answer, and after the case closed', async () => {
    const late = await steps.request(number)
    await steps.later("update approval set answer_by = now() - interval '1 minute' where id = $1", [late.id])
    expect([(await steps.give(late.id)).codes, await steps.stateOf(late.id)]).toEqual([['BAD_USER_INPUT'], 'EXPIRED'])
    await steps.openCase('HT-2026-000602', [people.adult])
    const { id } = await steps.request('HT-2026-000602')
    await steps.closeCase('HT-2026-000602')
    expect([(await steps.give(id)).codes, await steps.stateOf(id)]).toEqual([['BAD_USER_INPUT'], 'EXPIRED'])
  })

  it('takes exactly the allowed steps, whoever tries them in whatever order', async () => {
    const actors = {
      clerk: { ...clerk, purpose: 'CIVIL_STATUS' },
      clerkAsHead: { ...head, sub: 'clerk-1' },
      head,
      otherHead,
      foreignHead,
    }
    const move = fc.record({
      step: fc.constantFrom('give', 'refuseApproval', 'withdrawApproval' as const),
      by: fc.constantFrom(...(Object.keys(actors) as (keyof typeof actors)[])),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 5 }), async (moves) => {
        const { id } = await steps.request(number)
        let state = 'REQUESTED'
        for (const { step, by } of moves) {
          const mayAnswer = by === 'head' || by === 'otherHead'
          const next = { give: 'GIVEN', refuseApproval: 'REFUSED', withdrawApproval: 'WITHDRAWN' }[step]
          const isAllowed =
            by !== 'foreignHead' &&
            (step === 'withdrawApproval' ? ['REQUESTED', 'GIVEN'].includes(state) : state === 'REQUESTED' && mayAnswer)
          const { codes } = step === 'give' ? await steps.give(id, actors[by]) : await steps.end(step, id, actors[by])
          expect([by, step, state, codes.length === 0]).toEqual([by, step, state, isAllowed])
          if (isAllowed) state = next
          expect(await steps.stateOf(id)).toBe(state)
        }
        if (state === 'REQUESTED') await steps.end('withdrawApproval', id)
      }),
      { numRuns: 20 },
    )
  })
})

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
