import { names } from './candidate-names.ts'
import { createSender, measure } from './measure.ts'
import type { Candidate } from './open-candidates.ts'
import { addRound, type Row } from './rows.ts'
import type { RequestOf } from './requests.ts'
import { type Round, width } from './round.ts'
import { comparable } from './same-answers.ts'
import type { Workload } from './workloads.ts'

export type Running = {
  candidates: readonly Candidate[]
  requestOf: RequestOf
  round: Round
  /** The processes of PostgreSQL. */
  database: () => readonly number[]
}

/** A workload for every candidate in turn, A B A B. What is answered otherwise than by the hand-written handler is void. */
export async function runWorkload(workload: Workload, running: Running): Promise<Row[]> {
  const { candidates, requestOf, round, database } = running
  const right = candidates.find(({ name }) => name === names.hand)
  const expected = right === undefined ? [] : await answersOf(workload, right, running)
  const rows: Row[] = []
  for (const candidate of candidates) {
    const wrong = firstDifference(await answersOf(workload, candidate, running), expected)
    rows.push({ candidate: candidate.name, workload: workload.name, rounds: [], wrong })
  }
  for (let n = 0; n < round.rounds; n += 1) {
    for (const [index, candidate] of candidates.entries()) {
      const row = rows[index]
      if (row === undefined || row.wrong !== null) continue
      const ask = askerOf(workload, candidate, requestOf)
      const common = { width, own: candidate.pids, database }
      await measure(ask, { ...common, seconds: round.warm })
      addRound(row, await measure(ask, { ...common, seconds: round.seconds }))
    }
  }
  return rows
}

async function answersOf(
  workload: Workload,
  { url, asksWho }: Candidate,
  { requestOf, round }: Running,
): Promise<string[]> {
  const send = createSender(url, 1)
  const answers: string[] = []
  for (let n = 0; n < round.compared; n += 1)
    answers.push(comparable((await send(...requestOf(workload, asksWho, n * 7, n))).text))
  return answers
}

/** Asks one workload of one candidate, each connection beginning elsewhere in the list; null where the answer is right. */
export function askerOf(
  workload: Workload,
  { url, asksWho }: Pick<Candidate, 'url' | 'asksWho'>,
  requestOf: RequestOf,
): (connection: number, n: number) => Promise<string | null> {
  const send = createSender(url, width)
  return async (connection, n) => {
    const { status, text } = await send(...requestOf(workload, asksWho, connection * 6 + n, n * 13 + connection))
    return status === 200 && text.includes('"data"') && !text.includes('"errors"') ? null : `${status} ${text}`
  }
}

function firstDifference(answers: readonly string[], expected: readonly string[]): string | null {
  const index = answers.findIndex((answer, n) => answer !== expected[n] || answer.startsWith('errors'))
  return index === -1 ? null : `answer ${index} differs: ${answers[index]?.slice(0, 200)}`
}
