import { expect, test } from 'vitest'
import { createRequestScopes } from './request-scopes.ts'

test('fetches of one request share facts and sealed ids, and record each for itself', () => {
  const scopeOf = createRequestScopes(() => 0)
  const [first, second] = [scopeOf('a', null), scopeOf('a', null)]
  expect(second.facts).toBe(first.facts)
  expect(second.learnt).toBe(first.learnt)
  expect(second.sealed).toBe(first.sealed)
  expect(second.recorder).not.toBe(first.recorder)
})

test('requests share nothing', () => {
  const scopeOf = createRequestScopes(() => 0)
  const [one, other] = [scopeOf('a', null), scopeOf('b', null)]
  expect(other.facts).not.toBe(one.facts)
  expect(other.learnt).not.toBe(one.learnt)
  expect(other.sealed).not.toBe(one.sealed)
})

test('what was learnt is used for two seconds from the first fetch on, however often it is asked for', () => {
  let at = 0
  const scopeOf = createRequestScopes(() => at)
  const { facts } = scopeOf('a', null)
  at = 1999
  expect(scopeOf('a', null).facts).toBe(facts)
  at = 2000
  expect(scopeOf('a', null).facts).not.toBe(facts)
})

test('of so many requests at once the oldest are forgotten', () => {
  const scopeOf = createRequestScopes(() => 0)
  const { facts } = scopeOf('first', null)
  for (let n = 0; n < 2000; n += 1) scopeOf(String(n), null)
  expect(scopeOf('first', null).facts).not.toBe(facts)
})
