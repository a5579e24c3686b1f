import { expect, test } from 'vitest'
import { nothingKnown } from '../../../policy/decide-early.ts'
import type { Decision, FieldClass, RowFacts } from '../../../policy/types.ts'
import { outlookOf } from './outlook.ts'

const allowed: Decision = {
  outcome: 'ALLOW',
  conditional: false,
  level: 'L2',
  rule: 'some-rule',
  basis: 'SELF',
  citation: '',
  proposal: false,
  code: null,
  failed: null,
}
const unsure: Decision = { ...allowed, conditional: true }
const masked: Decision = { ...allowed, outcome: 'MASK' }
const denied: Decision = { ...allowed, outcome: 'DENY', code: 'CLASSIFICATION_DENIED' }
const unconsented: Decision = { ...allowed, outcome: 'DENY', code: 'CONSENT_REQUIRED' }

const field = (coordinate: string) => ({ coordinate }) as FieldClass
const way = [field('A.b'), field('B.c')] as const
/** What is decided on the two fields: where a consent may be there, and where none is. */
const outlook = (may: readonly [Decision, Decision], without = may) =>
  outlookOf(
    way,
    (facts: RowFacts) => (one: FieldClass) =>
      (facts.consent === 'NONE' ? without : may)[one.coordinate === 'A.b' ? 0 : 1],
    nothingKnown,
  )

test('a value is read where every field on its way is', () =>
  expect(outlook([allowed, allowed])).toEqual({ outlook: 'READ', refusal: null, toConsent: [] }))

test('a mask anywhere on the way is told', () =>
  expect(outlook([allowed, masked])).toMatchObject({ outlook: 'MASKED' }))

test('a refusal anywhere on the way refuses the value, with its code', () => {
  expect(outlook([denied, allowed])).toEqual({ outlook: 'REFUSED', refusal: 'CLASSIFICATION_DENIED', toConsent: [] })
  expect(outlook([unsure, denied])).toMatchObject({ outlook: 'REFUSED' })
})

test('what depends on the row anywhere on the way is left open', () =>
  expect(outlook([unsure, allowed])).toEqual({ outlook: 'DEPENDS', refusal: null, toConsent: [] }))

test('where nothing but a consent opens a field, that field alone is to be asked for', () =>
  expect(outlook([unsure, allowed], [unconsented, allowed])).toEqual({
    outlook: 'CONSENT',
    refusal: 'CONSENT_REQUIRED',
    toConsent: ['A.b'],
  }))

test('no consent is asked for what another field on the way refuses anyway', () =>
  expect(outlook([unsure, denied], [unconsented, denied])).toMatchObject({ outlook: 'REFUSED', toConsent: [] }))
