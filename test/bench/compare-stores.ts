import { askerOf } from './run-workload.ts'
import { measure, type Measured } from './measure.ts'
import type { Candidate } from './open-candidates.ts'
import { openOurs } from './open-ours.ts'
import { isPrepared, openStore } from './open-store.ts'
import { createRequests, type RequestOf } from './requests.ts'
import { type Round, width } from './round.ts'
import type { Workload } from './workloads.ts'

/** The rounds of W1 over the usual store and over a larger one, in turn. */
export type StoreOfSize = { what: string; usual: Measured[]; larger: Measured[] }

/** Larger stores, and what is larger; measured where they were prepared. */
export const largerStores = [
  { citizens: 1_000_000, history: 0, what: '1,000,000 citizens' },
  { citizens: 20_000, history: 10_000_000, what: '10 million consents and 10 million records' },
] as const

/** This project over the usual store and over each larger one that there is; A B A B. Says of the others how to make them. */
export async function compareStores(
  form: Workload,
  usual: { candidate: Candidate; requestOf: RequestOf },
  folder: string,
  round: Round,
): Promise<StoreOfSize[]> {
  const compared: StoreOfSize[] = []
  for (const { citizens, history, what } of largerStores) {
    if (!isPrepared(citizens, history)) {
      console.error(`${what}: not measured; first: node test/bench/prepare.ts ${citizens} ${history}`)
      continue
    }
    const { cluster, people } = await openStore(citizens, history)
    try {
      const ours = await openOurs(cluster, folder)
      try {
        const requestOf = await createRequests(ours.dataDir, people)
        const asks = [
          askerOf(form, usual.candidate, usual.requestOf),
          askerOf(form, { url: ours.url, asksWho: true }, requestOf),
        ] as const
        const found: StoreOfSize = { what, usual: [], larger: [] }
        for (let n = 0; n < round.rounds; n += 1)
          for (const [ask, rounds, pid] of [
            [asks[0], found.usual, usual.candidate.pids[0]],
            [asks[1], found.larger, ours.pid],
          ] as const) {
            const common = { width, own: [pid ?? 0], database: () => [] }
            await measure(ask, { ...common, seconds: round.warm })
            const measured = await measure(ask, { ...common, seconds: round.seconds })
            if (measured.firstWrong !== null) throw new Error(`${what}: ${measured.firstWrong}`)
            rounds.push(measured)
          }
        compared.push(found)
      } finally {
        await ours.close()
      }
    } finally {
      await cluster.close()
    }
  }
  return compared
}
