import { createSender, measure } from './measure.ts'

/** How long an attack with fragments that double thirty times takes to be refused, in times of an ordinary request. */
export async function attackRatio(url: string, seconds: number): Promise<number> {
  const send = createSender(url, 1)
  const doubling = Array.from({ length: 30 }, (_, n) => `fragment f${n} on Province { ...f${n + 1} ...f${n + 1} }`)
  const bad = JSON.stringify({
    query: `{ provinces { ...f0 } } ${doubling.join(' ')} fragment f30 on Province { name }`,
  })
  const good = JSON.stringify({ query: '{ provinces { code name } }' })
  const alone = { seconds, width: 1, own: [], database: () => [] }
  const ordinary = await measure(async () => wrongUnless((await send(good, {})).status === 200), alone)
  const refused = await measure(
    async () => wrongUnless((await send(bad, {})).text.includes('QUERY_TOO_COMPLEX')),
    alone,
  )
  return refused.p50 / ordinary.p50
}

const wrongUnless = (isRight: boolean): string | null => (isRight ? null : 'another answer')
