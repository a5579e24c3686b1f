import type { OwnCluster } from '../support/own-cluster.ts'
import { openOurs } from './open-ours.ts'
import { isPrepared, openStore } from './open-store.ts'
import type { People } from './people.ts'
import { withChildren } from './process-usage.ts'
import { createRequests } from './requests.ts'
import type { Round } from './round.ts'
import type { Row } from './rows.ts'
import { askerOf } from './run-workload.ts'
import { type Entrant, takeTurns } from './take-turns.ts'
import { untilIdle } from './until-idle.ts'
import type { Workload } from './workloads.ts'

/** A store's size: its citizens, and the consents and records of others beside theirs. */
type Size = { citizens: number; history: number }

/** W1 over one store: what the store really holds, and the rounds. */
export type StoreRounds = { citizens: number; consents: number; records: number } & Pick<Row, 'rounds' | 'wrong'>

/** W1 over a store and over a larger one, in turn. */
export type StoreOfSize = { what: string; usual: StoreRounds; larger: StoreRounds }

type Opened = { cluster: OwnCluster; people: People }

const comparisons: readonly { what: string; usual: Size; larger: Size }[] = [
  {
    what: '1,000,000 citizens beside 20,000',
    usual: { citizens: 20_000, history: 0 },
    larger: { citizens: 1_000_000, history: 0 },
  },
  {
    what: '10 million consents and records beside 10 thousand',
    usual: { citizens: 20_000, history: 10_000 },
    larger: { citizens: 20_000, history: 10_000_000 },
  },
]

/**
 * This project over a store and a larger one, each with a process and a PostgreSQL of its own that were started for it; in
 * turn, A B A B, and into `compared`. `open` is the store of the run, of so many citizens. Says of what was not prepared
 * how to prepare it.
 */
export async function compareStores(
  form: Workload,
  open: Opened & { citizens: number },
  dataDir: string,
  round: Round,
  stop: AbortSignal,
  compared: StoreOfSize[],
): Promise<void> {
  for (const { what, usual, larger } of comparisons) {
    if (!isPrepared(larger.citizens, larger.history)) {
      console.error(`${what}: not measured; first: node test/bench/prepare.ts ${larger.citizens} ${larger.history}`)
      continue
    }
    const closing: (() => Promise<unknown>)[] = []
    try {
      const sides: Awaited<ReturnType<typeof openSide>>[] = []
      for (const size of [usual, larger]) {
        stop.throwIfAborted()
        const isOpen = size.citizens === open.citizens && size.history === 0
        const store = isOpen ? open : await openStore(size.citizens, size.history)
        if (!isOpen) closing.unshift(store.cluster.close)
        sides.push(await openSide(form, store, size.citizens, dataDir, closing))
      }
      await untilIdle(() => sides.flatMap(({ own, database }) => [...own.flatMap(withChildren), ...database()]), stop)
      const [before, after] = sides.map(({ row }) => row)
      if (before !== undefined && after !== undefined) compared.push({ what, usual: before, larger: after })
      await takeTurns(sides, round, stop)
    } finally {
      for (const close of closing) await close()
    }
  }
}

async function openSide(
  form: Workload,
  { cluster, people }: Opened,
  citizens: number,
  dataDir: string,
  closing: (() => Promise<unknown>)[],
): Promise<Entrant & { row: StoreRounds }> {
  const ours = await openOurs(cluster, dataDir)
  closing.unshift(ours.close)
  const ask = askerOf(form, { url: ours.url, asksWho: true }, await createRequests(dataDir, people))
  const counted = async (table: string, database: string): Promise<number> =>
    (await cluster.sql<{ n: number }>(database, `select count(*)::int as n from ${table}`))[0]?.n ?? 0
  const [consents, records] = [await counted('consent', 'consent'), await counted('disclosure', 'oversight')]
  const row = { citizens, consents, records, rounds: [], wrong: null }
  return { ask, own: [ours.pid], database: () => withChildren(cluster.pid()), row }
}
