import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('so many work at once, the others in the order they came', async () => {
  const turn = createTurns(2, 1000)
  const begun: number[] = []
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = gates.map(({ promise }, index) =>
    turn(() => {
      begun.push(index)
      return promise
    }),
  )
  expect(begun).toEqual([0, 1])
  gates[1]?.resolve()
  await all[1]
  gates[2]?.resolve()
  await all[2]
  expect(begun).toEqual([0, 1, 2, 3])
  for (const { resolve } of gates) resolve()
  await Promise.all(all)
  expect(begun).toEqual([0, 1, 2, 3, 4])
})

test('work that fails gives its turn on', async () => {
  const turn = createTurns(1, 1000)
  const failed = turn(() => Promise.reject(new Error('broken')))
  const after = turn(() => Promise.resolve('done'))
  await expect(failed).rejects.toThrow('broken')
  expect(await after).toBe('done')
})

test('work nobody waits for any more is refused with TIMEOUT and not begun; what comes after has its turn', async () => {
  let time = 0
  const turn = createTurns(1, 1000, () => time)
  const gate = Promise.withResolvers<void>()
  const begun: string[] = []
  const first = turn(() => gate.promise)
  const late = turn(() => Promise.resolve(begun.push('late')))
  time = 600
  const patient = turn(() => Promise.resolve(begun.push('patient')))
  time = 1100
  gate.resolve()
  await first
  await expect(late).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } })
  await patient
  expect(begun).toEqual(['patient'])
})
