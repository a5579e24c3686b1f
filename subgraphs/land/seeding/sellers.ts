import type { Person, Random } from '../../../synthetic/types.ts'
import type { HolderDraft } from './drafts.ts'
import { formerHolder } from './holders.ts'

/** Those land is bought from: the latest holders the register saw, so that memory doesn't grow. */
export type Sellers = {
  saw: (owner: Person) => void
  /** One who was grown up in that year; else `otherwise`. */
  pick: (random: Random, year: number, otherwise: HolderDraft) => HolderDraft
}

const kept = 64

export function createSellers(): Sellers {
  const latest: { personalId: string; birthYear: number }[] = []
  let seen = 0
  return {
    saw: ({ personalId, birthYear, diedOn }) => {
      if (diedOn === null) latest[seen++ % kept] = { personalId, birthYear }
    },
    pick: (random, year, otherwise) => {
      const one = latest[random.int(0, kept - 1)]
      return one !== undefined && one.birthYear + 21 <= year ? formerHolder(one.personalId) : otherwise
    },
  }
}
