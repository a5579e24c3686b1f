import { names } from './candidate-names.ts'
import { type Ask, createSender } from './measure.ts'
import type { Candidate } from './open-candidates.ts'
import type { RequestOf } from './requests.ts'
import { type Round, width } from './round.ts'
import type { Row } from './rows.ts'
import { comparable } from './same-answers.ts'
import { type Entrant, takeTurns } from './take-turns.ts'
import type { Workload } from './workloads.ts'

export type Running = {
  candidates: readonly Candidate[]
  requestOf: RequestOf
  round: Round
  /** The processes of PostgreSQL. */
  database: () => readonly number[]
  stop: AbortSignal
}

/**
 * A workload for every candidate in turn, into `rows` as it goes. Void is what is answered otherwise than by the hand-written
 * handler, or by whoever comes first where that did not start.
 */
export async function runWorkload(workload: Workload, running: Running, rows: Row[]): Promise<void> {
  const { candidates, requestOf, round, database, stop } = running
  const started = candidates.filter(({ failed }) => failed === null)
  const right = started.find(({ name }) => name === names.hand) ?? started[0]
  const expected = right === undefined ? [] : await answersOf(workload, right, running)
  const entrants: Entrant[] = []
  for (const candidate of candidates) {
    stop.throwIfAborted()
    const wrong = candidate.failed ?? firstDifference(await answersOf(workload, candidate, running), expected)
    const row = { candidate: candidate.name, workload: workload.name, rounds: [], wrong }
    rows.push(row)
    entrants.push({ ask: askerOf(workload, candidate, requestOf), own: candidate.pids, database, row })
  }
  await takeTurns(entrants, round, stop)
}

async function answersOf(
  workload: Workload,
  { url, asksWho }: Candidate,
  { requestOf, round }: Running,
): Promise<string[]> {
  const send = createSender(url, 1)
  const answers: string[] = []
  try {
    for (let n = 0; n < round.compared; n += 1)
      answers.push(comparable((await send(...requestOf(workload, asksWho, n * 7, n))).text))
  } catch (error) {
    answers.push(`errors: ${String(error)}`)
  }
  return answers
}

/** Asks one workload of one candidate, each connection beginning elsewhere in the list. */
export function askerOf(
  workload: Workload,
  { url, asksWho }: Pick<Candidate, 'url' | 'asksWho'>,
  requestOf: RequestOf,
): Ask {
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
