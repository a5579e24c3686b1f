import { expect, test } from 'vitest'
import { prefillQuestion } from './prefill-question.ts'

test('ways that begin alike are asked once', () => {
  expect(prefillQuestion(['a', 'b.c', 'd', 'b.e.f', 'b.e.g'], 'SELF')).toBe(
    'query Prefill { person: me { a b { c e { f g } } d } }',
  )
})

test('somebody else is asked for by their number, which is never written into the question', () => {
  expect(prefillQuestion(['a'], 'BY_NUMBER')).toBe(
    'query Prefill($personalId: PersonalId!) { person: citizen(personalId: $personalId) { a } }',
  )
})
