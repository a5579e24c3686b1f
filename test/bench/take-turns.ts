import { type Ask, measure } from './measure.ts'
import { type Round, width } from './round.ts'
import type { Row } from './rows.ts'
import { warmUp } from './warm-up.ts'

/** Who is measured: how to ask, whose CPU counts, and where its rounds are kept. */
export type Entrant = {
  ask: Ask
  own: readonly number[]
  /** The processes of its PostgreSQL. */
  database: () => readonly number[]
  row: Pick<Row, 'rounds' | 'wrong'>
}

/**
 * Measures everybody once a round, each after its own warm-up, and in another order each round. Whoever answers wrongly or
 * not at all is void and not asked again. Rejects with the signal's reason once it is given.
 */
export async function takeTurns(entrants: readonly Entrant[], round: Round, stop: AbortSignal): Promise<void> {
  for (let n = 0; n < round.rounds; n += 1)
    for (const place of orderOf(n, round.rounds, entrants.length)) {
      const entrant = entrants[place]
      if (entrant !== undefined && entrant.row.wrong === null) await takeTurn(entrant, round, stop)
    }
}

async function takeTurn({ ask, own, database, row }: Entrant, round: Round, stop: AbortSignal): Promise<void> {
  const asking = guarded(ask, stop)
  await warmUp(asking, own, round.warm)
  const measured = await measure(asking, { seconds: round.seconds, width, own, database })
  row.rounds.push(measured)
  const { failed, requests, firstWrong } = measured
  if (failed > 0) row.wrong = `${failed} of ${requests} answers failed: ${firstWrong}`
}

/** The same, where no answer is a wrong one; rejects with the signal's reason once it is given. */
export function guarded(ask: Ask, stop: AbortSignal): Ask {
  return async (connection, n) => {
    stop.throwIfAborted()
    return ask(connection, n).catch((error: Error) => {
      stop.throwIfAborted()
      return `no answer: ${error.message}`
    })
  }
}

/** Who comes when in round `n`: everybody in turn, each round beginning elsewhere, so that no place is anybody's. */
export function orderOf(n: number, rounds: number, entrants: number): number[] {
  const first = n * Math.max(1, Math.floor(entrants / rounds))
  return Array.from({ length: entrants }, (_, place) => (first + place) % entrants)
}
