import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audienceOf } from './audience.ts'

/** Few words, so that callers often share some, and such as could break a separator. */
const text = fc.constantFrom('', 'a', 'b', '","', '"]')
const caller = fc.oneof(
  fc.record({
    kind: fc.constant('CITIZEN' as const),
    sub: text,
    org: fc.constant(null),
    clientId: text,
    actor: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('CITIZEN' as const), sub: text, org: text, clientId: text, actor: text }),
  fc.record({
    kind: fc.constantFrom('OFFICIAL' as const, 'SYSTEM' as const),
    sub: text,
    org: text,
    clientId: text,
    actor: fc.constant(null),
  }),
)
type Caller = typeof caller extends fc.Arbitrary<infer C> ? C : never

/** What the law of ids says two callers must share to share ids. */
const sharers = (one: Caller): unknown => {
  if (one.kind !== 'CITIZEN') return { organisation: one.org, app: one.clientId }
  return one.actor === null
    ? { sub: one.sub }
    : { organisation: one.org, app: one.clientId, actor: one.actor, sub: one.sub }
}

test('two callers share an audience exactly when organisation and app, or the citizen, or both are the same', () => {
  fc.assert(
    fc.property(caller, caller, (a, b) => {
      expect(audienceOf(a) === audienceOf(b)).toBe(JSON.stringify(sharers(a)) === JSON.stringify(sharers(b)))
    }),
  )
})

test('nobody’s audience is no caller’s', () => {
  const nobody = audienceOf({ kind: 'NOBODY', sub: 'nobody', org: null, clientId: null, actor: null })
  fc.assert(fc.property(caller, (a) => audienceOf(a) !== nobody))
})
