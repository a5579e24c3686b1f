import { createSender } from './measure.ts'

const claims = 'fullName: "Nguyễn Văn An", dateOfBirth: "1985-04-12", residenceCommune: "00004", ageOver: 18'
const bodyOf = (person: string): string =>
  JSON.stringify({ query: `{ verify(personalId: "${person}", claims: { ${claims} }) { answers { result } } }` })

/**
 * How long a claim about somebody takes to be answered, in times of the same claim about a number that nobody has, by
 * medians over so many pairs of requests: 1 tells nothing. `token` may ask about both. Rejects for a wrong answer.
 */
export async function absenceRatio(url: string, token: string, pairs: number): Promise<number> {
  const send = createSender(url, 1)
  const headers = { authorization: `Bearer ${token}`, 'x-purpose': 'CIVIL_STATUS' }
  const asked = [
    { body: bodyOf('901085000101'), result: '"MATCH"', times: [] as number[] },
    { body: bodyOf('901099999999'), result: '"UNKNOWN"', times: [] as number[] },
  ] as const
  // In turns, so that whatever else the machine does falls on both; the first hundred warm up.
  for (let pair = -100; pair < pairs; pair += 1)
    for (const { body, result, times } of pair % 2 === 0 ? asked : asked.toReversed()) {
      const begun = performance.now()
      const { text } = await send(body, headers)
      if (pair >= 0) times.push(performance.now() - begun)
      if (text.split(result).length !== 5) throw new Error('a claim was answered wrongly')
    }
  const [present, absent] = asked.map(
    ({ times }) => times.toSorted((a, b) => a - b)[Math.floor(pairs / 2)] ?? Number.NaN,
  )
  return (present ?? Number.NaN) / (absent ?? Number.NaN)
}
