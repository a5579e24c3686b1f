import { expect, test } from 'vitest'
import { createAsk } from './ask.ts'

const question = { ask: 'readers', coordinate: 'Citizen.sex' } as const
const another = { bundleHash: 'another', schemaHash: 'another' }
const refusedWith = (code: string) => ({ extensions: { code } })

test('a question beyond those that may wait is refused at once, and none is answered from other files', async () => {
  const ask = createAsk(1)
  const first = expect(ask(question, another)).rejects.toMatchObject(refusedWith('SUBGRAPH_UNAVAILABLE'))
  await expect(ask(question, another)).rejects.toMatchObject(refusedWith('RATE_LIMITED'))
  await first
  await expect(ask(question, another)).rejects.toMatchObject(refusedWith('SUBGRAPH_UNAVAILABLE'))
})
