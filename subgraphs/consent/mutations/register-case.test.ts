import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bankOf,
  citizenOf,
  consentDatabase,
  people,
  procedureSystemOf,
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

describe('case files', () => {
  const input = {
    number: 'HT-2026-000500',
    procedureCode: 'HT.1',
    procedure: 'Cải chính hộ tịch',
    procedureEn: 'Correction',
    organisation: 'UBND-00004',
    subjects: [people.adult],
    officers: ['clerk-1'],
    units: [],
    coordinates: ['Citizen.fullName'],
  }
  const register = (changes: object = {}, caller = procedureSystemOf()) =>
    steps.call(caller, 'registerCase', 'RegisterCaseInput', { ...input, ...changes })

  it('are registered and closed by a procedure system alone', async () => {
    for (const caller of [
      officer({ org: 'UBND-00004' }),
      bankOf(),
      citizenOf(people.adult),
      procedureSystemOf({ purpose: null }),
      procedureSystemOf({ actor: 'x' }),
    ]) {
      expect((await register({}, caller)).codes.length).toBeGreaterThan(0)
    }
    expect((await register()).codes).toEqual([])
    expect((await register()).codes).toEqual(['BAD_USER_INPUT'])
    const close = (number: string) => steps.call(procedureSystemOf(), 'closeCase', 'CloseCaseInput', { number })
    expect((await close('HT-2026-000500')).codes).toEqual([])
    expect([(await close('HT-2026-000500')).codes, (await close('HT-2026-999999')).codes]).toEqual([
      ['NOT_FOUND'],
      ['NOT_FOUND'],
    ])
  })

  it('name who handles what, for whom: anything missing is said', async () => {
    for (const [changes, field] of [
      [{ number: 'ht 1' }, 'number'],
      [{ subjects: [] }, 'subjects'],
      [{ officers: [], units: [] }, 'units'],
      [{ officers: ['a b'] }, 'officers'],
      [{ organisation: 'NOBODY-01' }, 'organisation'],
      [{ number: 'CC-2026-000501' }, 'number'],
      [{ coordinates: ['Code.name'] }, 'coordinates'],
      [{ coordinates: ['Citizen.nothing'] }, 'coordinates'],
      [{ procedure: '' }, 'procedure'],
    ] as const) {
      expect((await register({ number: 'HT-2026-000501', ...changes })).errors).toMatchObject([
        { field: ['input', field] },
      ])
    }
  })

  it('are read by nobody through the account that registers them', async () => {
    const id = db.seal('Citizen', people.adult, procedureSystemOf())
    const result = await db.ask(
      procedureSystemOf(),
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { cases { nodes { number } } consents { nodes { state } } } } consentRequests { nodes { id } } }',
      { of: [{ __typename: 'Citizen', id }] },
    )
    expect(result.data).toEqual({ _entities: [{ cases: null, consents: null }], consentRequests: null })
  })
})
