import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentStateFor } from './consent.ts'
import type { ConsentScope, FieldClass, PersonalCategory, PersonFacts } from './types.ts'

const now = new Date('2026-11-22T02:00:00Z')
const undated = { when: null }

const fieldOf = (personal: PersonalCategory[], more: Partial<FieldClass> = {}): FieldClass => ({
  coordinate: 'Citizen.fullName',
  type: 'Citizen',
  field: 'fullName',
  domain: 'population',
  sharing: 'SHARED',
  importance: 'OTHER',
  secrecy: 'NONE',
  personal,
  inferring: [],
  owner: 'BCA',
  dict: 'x-test',
  mask: 'NULL',
  from: [],
  structure: false,
  level: personal.some((category) => category.startsWith('S_')) ? 'L3' : 'L2',
  ...more,
})
const basic = fieldOf(['B1'])
const sensitive = fieldOf(['S_K'], { coordinate: 'Citizen.fullName' })
const health = fieldOf(['S_D'], { domain: 'health' })

const consentOf = (more: Partial<ConsentScope> = {}): ConsentScope => ({
  id: 'a',
  version: 2,
  state: 'GRANTED',
  coordinates: ['Citizen.fullName'],
  mode: 'VIEW',
  sensitiveNotice: true,
  written: true,
  coConsent: true,
  notBefore: '2026-11-01T00:00:00Z',
  notAfter: '2026-12-01T00:00:00Z',
  dataFrom: null,
  dataTo: null,
  readsLeft: null,
  ...more,
})
const factsOf = (consents: ConsentScope[], more: Partial<PersonFacts> = {}): PersonFacts => ({
  subjectClass: 'ADULT',
  relation: 'OTHER',
  consents,
  caseCoordinates: null,
  approvedCoordinates: null,
  ...more,
})
const stateOf = (consent: Partial<ConsentScope>, field = basic, row: { when: string | null } = undated, at = now) =>
  consentStateFor(factsOf([consentOf(consent)]), field, row, at, 'PRIVATE').state

describe('what a live consent opens', () => {
  it('opens the coordinate it names', () => {
    const consent = consentOf()
    expect(consentStateFor(factsOf([consent]), basic, undated, now, 'PRIVATE')).toEqual({ state: 'LIVE', consent })
  })
  it('CM1: opens nothing where nobody answered', () => {
    expect(consentStateFor(factsOf([]), basic, undated, now)).toEqual({ state: 'NONE', consent: null })
  })
  it('CM4: opens nothing sensitive without the notice, whether held or given away', () => {
    expect(stateOf({ sensitiveNotice: false }, sensitive)).toBe('NONE')
    expect(stateOf({ sensitiveNotice: false }, fieldOf(['B7'], { inferring: ['S_C'] }))).toBe('NONE')
    expect(stateOf({ sensitiveNotice: false }, basic)).toBe('LIVE')
  })
  it('CM5: does not reach a field that its list does not name', () => {
    expect(stateOf({}, fieldOf(['B1'], { coordinate: 'Citizen.otherName' }))).toBe('NONE')
    expect(stateOf({ coordinates: ['Citizen', 'Citizen.*', 'citizen.fullname'] })).toBe('NONE')
  })
  it('CM10: opens health data to a company or an unknown caller only on a written request', () => {
    expect(stateOf({ written: false }, health)).toBe('NONE')
    expect(stateOf({ written: false }, fieldOf(['B7'], { domain: 'health' }))).toBe('NONE')
    expect(stateOf({ written: false }, fieldOf(['S_D']))).toBe('NONE')
    expect(consentStateFor(factsOf([consentOf({ written: false })]), health, undated, now).state).toBe('NONE')
    expect(consentStateFor(factsOf([consentOf({ written: false })]), health, undated, now, 'STATE_AGENCY').state).toBe(
      'LIVE',
    )
    expect(stateOf({}, health)).toBe('LIVE')
  })
  it('CM8: opens private life of a child of 7 or over only with both', () => {
    const child = (coConsent: boolean, field: FieldClass) =>
      consentStateFor(factsOf([consentOf({ coConsent })], { subjectClass: 'CHILD_7_17' }), field, undated, now).state
    expect(child(false, sensitive)).toBe('NONE')
    expect(child(true, sensitive)).toBe('LIVE')
    expect(child(false, basic)).toBe('LIVE')
  })
  it('CM11: lifts neither core data nor a secret, and gives at most a yes or no on special data', () => {
    expect(stateOf({}, fieldOf(['B1'], { level: 'L5' }))).toBe('NONE')
    expect(stateOf({}, fieldOf(['B1'], { importance: 'CORE' }))).toBe('NONE')
    expect(stateOf({}, fieldOf(['B1'], { secrecy: 'CONFIDENTIAL' }))).toBe('NONE')
    expect(stateOf({}, fieldOf(['S_I'], { level: 'L4' }))).toBe('VERIFY_ONLY')
  })
  it('CM13: ends with the death of the subject', () => {
    expect(consentStateFor(factsOf([consentOf()], { subjectClass: 'DECEASED' }), basic, undated, now).state).toBe(
      'EXPIRED',
    )
  })
})

describe('validity, reads and period', () => {
  it('begins at its first instant and is over at its last', () => {
    expect(stateOf({}, basic, undated, new Date('2026-10-31T23:59:59.999Z'))).toBe('NONE')
    expect(stateOf({}, basic, undated, new Date('2026-11-01T00:00:00Z'))).toBe('LIVE')
    expect(stateOf({}, basic, undated, new Date('2026-11-30T23:59:59.999Z'))).toBe('LIVE')
    expect(stateOf({}, basic, undated, new Date('2026-12-01T00:00:00Z'))).toBe('EXPIRED')
  })
  it('opens nothing when a bound, or the clock, can not be read', () => {
    expect(stateOf({ notAfter: 'never' })).toBe('NONE')
    expect(stateOf({ notBefore: '' })).toBe('NONE')
    expect(stateOf({}, basic, undated, new Date(Number.NaN))).toBe('NONE')
  })
  it('is over when its reads are used up', () => {
    expect(stateOf({ readsLeft: 1 })).toBe('LIVE')
    expect(stateOf({ readsLeft: 0 })).toBe('EXPIRED')
    expect(stateOf({ readsLeft: Number.NaN })).toBe('EXPIRED')
  })
  it('covers only rows inside the data period', () => {
    const period = { dataFrom: '2025-01-01', dataTo: '2025-12-31' }
    expect(stateOf(period, basic, { when: '2025-06-01' })).toBe('LIVE')
    expect(stateOf(period, basic, { when: '2024-12-31' })).toBe('NONE')
  })
})

describe('states', () => {
  it('answers a yes or no where only verification, or a restriction, was granted', () => {
    expect(stateOf({ mode: 'VERIFY' })).toBe('VERIFY_ONLY')
    expect(stateOf({ state: 'RESTRICTED' })).toBe('VERIFY_ONLY')
  })
  it('tells withdrawn from expired', () => {
    expect(stateOf({ state: 'REVOKED' })).toBe('WITHDRAWN')
    expect(stateOf({ state: 'EXPIRED' })).toBe('EXPIRED')
    expect(stateOf({ state: 'SUPERSEDED' })).toBe('NONE')
  })
  it('CM7, CM9: a withdrawn consent is not revived by the version before it, in whatever order they arrive', () => {
    const versions = [consentOf({ version: 2 }), consentOf({ version: 3, state: 'REVOKED' })]
    for (const consents of [versions, versions.toReversed()])
      expect(consentStateFor(factsOf(consents), basic, undated, now).state).toBe('WITHDRAWN')
  })
  it('takes the newest live consent, past a withdrawn one', () => {
    const consents = [consentOf({ id: 'c', state: 'REVOKED' }), consentOf({ id: 'b' }), consentOf({ id: 'a' })]
    expect(consentStateFor(factsOf(consents), basic, undated, now)).toEqual({ state: 'LIVE', consent: consents[1] })
  })
})

describe('for any consents', () => {
  const anyConsent: fc.Arbitrary<ConsentScope> = fc.record({
    id: fc.constantFrom('a', 'b'),
    version: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom('GRANTED', 'RESTRICTED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'),
    coordinates: fc.subarray(['Citizen.fullName', 'Citizen.sex']),
    mode: fc.constantFrom('VIEW', 'VERIFY'),
    sensitiveNotice: fc.boolean(),
    written: fc.boolean(),
    coConsent: fc.boolean(),
    notBefore: fc.constantFrom('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z', 'x'),
    notAfter: fc.constantFrom('2026-11-02T00:00:00Z', '2027-02-01T00:00:00Z', 'x'),
    dataFrom: fc.constantFrom(null, '2026-01-01'),
    dataTo: fc.constantFrom(null, '2026-06-30'),
    readsLeft: fc.constantFrom(null, 0, 1),
  })
  const anyFacts: fc.Arbitrary<PersonFacts> = fc.record({
    subjectClass: fc.constantFrom('ADULT', 'CHILD_UNDER_7', 'CHILD_7_17', 'REPRESENTED', 'DECEASED'),
    relation: fc.constantFrom('SELF', 'REPRESENTATIVE', 'OTHER'),
    consents: fc.array(anyConsent, { maxLength: 4 }),
    caseCoordinates: fc.constant(null),
    approvedCoordinates: fc.constant(null),
  })
  const anyField = fc.constantFrom(
    basic,
    sensitive,
    health,
    fieldOf(['S_I'], { level: 'L4' }),
    fieldOf(['B1'], { level: 'L5' }),
  )
  const anyRow = fc.constantFrom({ when: null }, { when: '2026-03' }, { when: '2027' }, { when: '?' })

  it('LIVE only ever rests on a granted, viewable, valid, unspent newest version that names the coordinate', () => {
    fc.assert(
      fc.property(anyFacts, anyField, anyRow, (facts, field, row) => {
        const { state, consent } = consentStateFor(facts, field, row, now, 'PRIVATE')
        if (state !== 'LIVE') return
        expect(consent).toMatchObject({ state: 'GRANTED', mode: 'VIEW' })
        expect(consent?.coordinates).toContain(field.coordinate)
        expect(
          facts.consents.some((other) => other.id === consent?.id && other.version > (consent?.version ?? 0)),
        ).toBe(false)
        expect(facts.subjectClass).not.toBe('DECEASED')
        expect(consent?.sensitiveNotice || !['L3', 'L4'].includes(field.level)).toBe(true)
        expect(consent?.readsLeft).not.toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('a consent that is taken away, or withdrawn, never opens more', () => {
    const rank = { LIVE: 2, VERIFY_ONLY: 1, NONE: 0, EXPIRED: 0, WITHDRAWN: 0 }
    fc.assert(
      fc.property(anyFacts, anyField, anyRow, fc.nat(), (facts, field, row, pick) => {
        if (facts.consents.length === 0) return
        const { id } = facts.consents[pick % facts.consents.length]!
        const before = rank[consentStateFor(facts, field, row, now).state]
        const withdrawn = facts.consents.map((consent) =>
          consent.id === id ? { ...consent, state: 'REVOKED' as const } : consent,
        )
        const without = facts.consents.filter((consent) => consent.id !== id)
        expect(rank[consentStateFor({ ...facts, consents: withdrawn }, field, row, now).state]).toBeLessThanOrEqual(
          before,
        )
        expect(rank[consentStateFor({ ...facts, consents: without }, field, row, now).state]).toBeLessThanOrEqual(
          before,
        )
      }),
      { numRuns: 500 },
    )
  })
})
