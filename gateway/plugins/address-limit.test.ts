import { expect, test } from 'vitest'
import { createAddressLimit } from './address-limit.ts'

function limit(perMinute: number) {
  let now = 0
  const take = createAddressLimit(perMinute, () => now)
  return {
    pass: (ms: number) => (now += ms),
    /** Seconds to wait; null where the request is let through. */
    ask: (ip: string): number | null => {
      let wait: number | null = null
      const reply = { header: (_name: string, value: string) => (wait = Number(value)) }
      try {
        take({ ip }, reply)
      } catch (error) {
        expect(error).toMatchObject({ statusCode: 429, refusal: { extensions: { code: 'RATE_LIMITED' } } })
        return wait
      }
      return null
    },
  }
}

test('so many at once, and again as time passes', () => {
  const { ask, pass } = limit(3)
  expect([1, 2, 3].map(() => ask('192.0.2.1'))).toEqual([null, null, null])
  expect(ask('192.0.2.1')).toBe(20)
  pass(10_000)
  expect(ask('192.0.2.1')).toBe(10)
  pass(10_000)
  expect([ask('192.0.2.1'), ask('192.0.2.1')]).toEqual([null, 20])
  pass(3_600_000)
  expect([1, 2, 3, 4].map(() => ask('192.0.2.1'))).toEqual([null, null, null, 20])
})

test('another address has its own', () => {
  const { ask } = limit(1)
  expect([ask('192.0.2.1'), ask('192.0.2.2'), ask('192.0.2.1')]).toEqual([null, null, 60])
})

test.each([
  ['2001:db8::1', '2001:db8:0:0:ffff::2'],
  ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['::ffff:192.0.2.9', '192.0.2.9'],
  ['fe80::1%eth0', 'fe80::2'],
])('%s and %s are one', (one, other) => {
  const { ask } = limit(1)
  expect([ask(one), ask(other)]).toEqual([null, 60])
})

test.each([
  ['2001:db8:0:1::1', '2001:db8:0:2::1'],
  ['::1', '1::'],
])('%s and %s are two', (one, other) => {
  const { ask } = limit(1)
  expect([ask(one), ask(other)]).toEqual([null, null])
})
