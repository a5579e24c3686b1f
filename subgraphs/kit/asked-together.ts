import { setImmediate as afterThisTurn } from 'node:timers'
import DataLoader from 'dataloader'
import { isRefusedValue } from './postgres/is-refused-value.ts'

/**
 * Asks one thing of a store. What is asked in one turn of the event loop, by whatever requests, is asked as one: to ask
 * costs several times what one more thing in the question costs. Rejects where `run` does; what the server refuses of
 * several is asked one by one, so that nobody fails by what another asked.
 */
export function createAskedTogether<Ask, Answer>(
  run: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  begun: () => void = () => undefined,
): (ask: Ask) => Promise<Answer> {
  const answers = async (asks: readonly Ask[]): Promise<readonly (Answer | Error)[]> => {
    try {
      return await run(asks)
    } catch (error) {
      if (asks.length === 1 || !isRefusedValue(error)) throw error
      return Promise.all(asks.map((ask) => run([ask]).then(([only]) => only as Answer, refusal)))
    }
  }
  const loader = new DataLoader<Ask, Answer>(answers, {
    cache: false,
    maxBatchSize: 32,
    batchScheduleFn: (dispatch) =>
      afterThisTurn(() => {
        begun()
        dispatch()
      }),
  })
  return (ask) => loader.load(ask)
}

const refusal = (error: unknown): Error => (error instanceof Error ? error : new Error('refused'))
