import { expect, test } from 'vitest'
import { createAskedTogether } from './asked-together.ts'

const refused = (code: string) => Object.assign(new Error('refused'), { code })

test('what is asked in one turn is asked as one, and each gets its own answer', async () => {
  const asked: number[][] = []
  const ask = createAskedTogether(async (asks: readonly number[]) => {
    asked.push([...asks])
    return asks.map((n) => n * 10)
  })
  expect(await Promise.all([ask(1), Promise.resolve().then(() => ask(2)), ask(1)])).toEqual([10, 20, 10])
  expect(await ask(3)).toBe(30)
  expect(asked).toEqual([[1, 1, 2], [3]])
})

test('nobody fails by a value that another gave', async () => {
  const ask = createAskedTogether(async (asks: readonly string[]) => {
    if (asks.includes('\0')) throw refused('22021')
    return asks
  })
  const answers = await Promise.allSettled([ask('a'), ask('\0'), ask('b')])
  expect(answers).toMatchObject([{ value: 'a' }, { reason: { code: '22021' } }, { value: 'b' }])
})

test('a store that does not answer is asked once', async () => {
  let times = 0
  const ask = createAskedTogether(async (): Promise<string[]> => {
    times += 1
    throw refused('57P01')
  })
  const answers = await Promise.allSettled([ask('a'), ask('b')])
  expect(answers).toMatchObject([{ reason: { code: '57P01' } }, { reason: { code: '57P01' } }])
  expect(times).toBe(1)
})
