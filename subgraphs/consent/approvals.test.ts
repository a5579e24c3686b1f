/** A second person's approval: who may ask, and who may answer. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { clerk, guardSteps, head } from '../../test/support/guard-steps.ts'

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
