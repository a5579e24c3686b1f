import { describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import { decide, type KnownRow } from './decide.ts'
import { factValues } from './decide-early.ts'
import { decideUntelling } from './decide-untelling.ts'
import { loadPolicy } from './load-policy.ts'
import type { FieldClass } from './types.ts'

const { rules } = loadPolicy().rules
const field: FieldClass = {
  type: 'Citizen',
  field: 'socialAssistance',
  coordinate: 'Citizen.socialAssistance',
  domain: 'social-security',
  sharing: 'SHARED',
  importance: 'OTHER',
  secrecy: 'NONE',
  personal: ['B11'],
  inferring: ['S_C'],
  level: 'L3',
  owner: 'BNV',
  dict: 'x-social-security.citizen.social-assistance',
  mask: 'NULL',
  from: [],
  structure: false,
}
const nobodyKnown: KnownRow = {
  subjectClass: 'ADULT',
  relation: 'OTHER',
  jurisdiction: 'OUTSIDE',
  consent: 'NONE',
  case: 'NONE',
  approval: 'NONE',
  volume: 'WITHIN',
}
const base = { roles: [], delegated: false, accountLevel: 2, authnLevel: 3 }
const strangers: Record<string, Caller> = {
  'a citizen': { ...base, kind: 'CITIZEN', orgKind: null, purpose: null },
  'a bank': { ...base, kind: 'SYSTEM', orgKind: 'PRIVATE', purpose: 'CREDIT_ASSESSMENT' },
  'an officer of another place': {
    ...base,
    kind: 'OFFICIAL',
    orgKind: 'STATE_AGENCY',
    purpose: 'INSURANCE_ADMINISTRATION',
  },
}

describe('a stranger is refused alike', () => {
  for (const [name, caller] of Object.entries(strangers))
    test.each(factValues.subjectClass)(`${name}, whoever the number is: %s`, (subjectClass) => {
      const told = decideUntelling(rules, caller, field, { ...nobodyKnown, subjectClass })
      expect(told).toEqual(decide(rules, caller, field, nobodyKnown))
    })
})

test('a bank with a consent for an adult is told that a child is another matter', () => {
  const caller = strangers['a bank'] as Caller
  const row: KnownRow = { ...nobodyKnown, consent: 'LIVE', subjectClass: 'CHILD_7_17' }
  expect(decideUntelling(rules, caller, field, row)).toEqual(decide(rules, caller, field, row))
})

test('a representative is told the verdict on the child', () => {
  const caller = { ...(strangers['a citizen'] as Caller), authnLevel: 1 }
  const row: KnownRow = { ...nobodyKnown, relation: 'REPRESENTATIVE', subjectClass: 'CHILD_UNDER_7' }
  expect(decideUntelling(rules, caller, field, row).code).toBe('ASSURANCE_TOO_LOW')
})
