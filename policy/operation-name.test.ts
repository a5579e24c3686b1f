import { expect, test } from 'vitest'
import { recordedOperation } from './operation-name.ts'

test.each([
  ['ReadName', 'ReadName'],
  ['_q2', '_q2'],
  ['ReadName__population__0', 'ReadName'],
  ['Read__social_security__12', 'Read'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), null],
  ['Read901085000101', null],
  ['Read_90108500', 'Read_90108500'],
  ['Nguyễn', null],
  ['a b', null],
  ['9a', null],
  ['', null],
  [null, null],
])('%s is recorded as %s', (name, recorded) => {
  expect(recordedOperation(name)).toBe(recorded)
})
