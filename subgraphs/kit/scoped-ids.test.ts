import { expect, test } from 'vitest'
import { createRequestScope } from '../../policy/request-scope.ts'
import { scopedIds } from './scoped-ids.ts'
import { createSealedIds } from './sealed-ids.ts'

const ids = createSealedIds([{ id: 'k', secret: new Uint8Array(64).fill(7) }])
const citizen = '901085000101'

test('an id that may be shown is sealed as ever', () => {
  const scoped = scopedIds(ids, createRequestScope(null))
  expect(scoped.seal('Citizen', citizen, 'A')).toBe(ids.seal('Citizen', citizen, 'A'))
})

test('an id that only joins fetches says nothing, and opens in its own request alone', () => {
  const scoped = scopedIds(ids, { ...createRequestScope(null), hidesIds: true })
  const id = scoped.seal('Citizen', citizen, 'A')
  expect(id).not.toContain(citizen)
  expect(scoped.seal('Citizen', citizen, 'A')).toBe(id)
  expect(scoped.seal('Citizen', '901187000102', 'A')).not.toBe(id)
  expect(scoped.open(id, 'Citizen', 'A')).toBe(citizen)
  expect(scoped.open(id, 'Citizen', 'B')).toBeNull()
  expect(scoped.open(id, 'Household', 'A')).toBeNull()
  expect(ids.open(id, 'Citizen', 'A')).toBeNull()
  expect(scopedIds(ids, createRequestScope(null)).open(id, 'Citizen', 'A')).toBeNull()
})

test('ids of other things are sealed also then: a cursor or a reference may hold one', () => {
  const scoped = scopedIds(ids, { ...createRequestScope(null), hidesIds: true })
  expect(scoped.seal('LandRight', '1', 'A')).toBe(ids.seal('LandRight', '1', 'A'))
})
