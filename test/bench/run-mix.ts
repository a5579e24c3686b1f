import type { Asker } from './askers.ts'
import type { ConsentStep } from './consent-changes.ts'
import { type Ask, createSender, type Send } from './measure.ts'
import type { Candidate } from './open-candidates.ts'
import { type Round, width } from './round.ts'
import type { Row } from './rows.ts'
import { comparableWithRefusals, countsOf } from './same-answers.ts'
import { type Entrant, takeTurns } from './take-turns.ts'

export type Mixing = {
  candidates: readonly Candidate[]
  /** This project without anything compiled: what is right. */
  plain: string
  /** This project with enforcement off: what there is. */
  open: string
  askers: readonly Asker[]
  /** W1's question about a person. */
  form: (person: string) => string
  changes: () => Generator<ConsentStep, void>
  round: Round
  database: () => readonly number[]
  stop: AbortSignal
}

/** What of a hundred values is refused or masked, and what of a hundred requests changes a consent. */
export type Mix = { refusedOrMasked: number; changed: number }

/** The right answer of an asker about a person, and how often it says why something is refused. */
type Right = { answer: string; refusals: number }

/**
 * W5: the form of W1, asked by twelve personas, while people change their consents. Every persona's answers are compared
 * with the plain path's before anything is measured, and each answer that is measured says as many refusals as it must.
 * The rows stand in `rows` as they are measured.
 */
export async function runMix(mixing: Mixing, rows: Row[]): Promise<Mix> {
  const { candidates, askers, round, database, stop } = mixing
  const { rights, refusedOrMasked } = await whatIsRight(mixing)
  let steps = 0
  let changed = 0
  const deck = deckOf(askers)
  const entrants: Entrant[] = []
  for (const { name, url, pids, failed } of candidates) {
    stop.throwIfAborted()
    const wrong = failed ?? (await firstWrong(url, mixing, rights))
    const row = { candidate: name, workload: 'W5', rounds: [], wrong }
    rows.push(row)
    entrants.push({ ask: asking(createSender(url, width)), own: pids, database, row })
  }
  await takeTurns(entrants, round, stop)
  return { refusedOrMasked, changed: steps === 0 ? 0 : (100 * changed) / steps }

  function asking(send: Send): Ask {
    // Whoever's turn it is goes on with a change that nobody is at, so that each is soon done.
    const waiting: Generator<ConsentStep, void>[] = []
    return async (connection, n) => {
      steps += 1
      const slot = n + connection * 13
      // Three requests of a hundred belong to a change; three of seven such requests change something.
      if (steps % 33 === 0) {
        const change = waiting.pop() ?? mixing.changes()
        const step = change.next().value
        if (step === undefined) return 'a change came to an end'
        if (step.body.includes('mutation')) changed += 1
        const wrong = step.check((await send(step.body, step.headers)).text)
        waiting.push(change)
        return wrong
      }
      const asker = deck[(slot * 37) % deck.length] as Asker
      const { person, headers } = asker.asks[slot % asker.asks.length] ?? { person: '', headers: {} }
      const { text } = await send(mixing.form(person), headers)
      const said = text.split('"code":"').length - 1
      return said === rights.get(`${asker.persona} ${person}`)?.refusals ? null : `${asker.persona}: ${text}`
    }
  }
}

/** A hundred places, an asker's share of each. */
function deckOf(askers: readonly Asker[]): Asker[] {
  return askers.flatMap((asker) => Array.from({ length: asker.share }, () => asker))
}

async function whatIsRight({ askers, plain, open, form }: Mixing) {
  const [right, all] = [createSender(plain, 4), createSender(open, 4)]
  const rights = new Map<string, Right>()
  let [lost, held] = [0, 0]
  for (const { persona, share, asks } of askers)
    for (const { person, headers } of asks) {
      const { text } = await right(form(person), headers)
      const { values, masked, refusals } = countsOf(text)
      const there = countsOf((await all(form(person), headers)).text).values
      rights.set(`${persona} ${person}`, { answer: comparableWithRefusals(text), refusals })
      lost += (share * (there - values + masked)) / asks.length
      held += (share * there) / asks.length
    }
  return { rights, refusedOrMasked: (100 * lost) / held }
}

/** What a candidate says otherwise than the plain path, of three people an asker; null where it says the same. */
async function firstWrong(url: string, { askers, form }: Mixing, rights: ReadonlyMap<string, Right>) {
  const send = createSender(url, 1)
  for (const { persona, asks } of askers)
    for (const { person, headers } of asks.slice(0, 3)) {
      const answer = comparableWithRefusals((await send(form(person), headers)).text)
      if (answer !== rights.get(`${persona} ${person}`)?.answer) return `${persona}: ${answer.slice(0, 300)}`
    }
  return null
}
