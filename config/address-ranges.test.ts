import { expect, test } from 'vitest'
import { addressRangesFromText } from './address-ranges.ts'

test.each([
  ['10.0.0.0/8, 192.0.2.7', ['10.0.0.0/8', '192.0.2.7']],
  ['2001:db8::/32', ['2001:db8::/32']],
])('%s are ranges', (text, ranges) => expect(addressRangesFromText(text)).toEqual(ranges))

test.each(['', 'proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '2001:db8::/129', '10.0.0.1,', 'true', '10.0.0.0/8/8'])(
  '%j holds something else',
  (text) => expect(addressRangesFromText(text)).toBeNull(),
)
