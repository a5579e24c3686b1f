import type { StoreOfSize } from './compare-stores.ts'
import type { GraphOfSize } from './many-subgraphs.ts'
import type { Memory } from './memory.ts'
import type { Profiled } from './profile-workload.ts'
import type { Row } from './rows.ts'
import type { Mix } from './run-mix.ts'

/** What a run has measured so far; null is what it has not. */
export type Result = {
  postgres: string
  rows: Row[]
  mix: Mix | null
  memory: Memory | null
  sizes: readonly [GraphOfSize, GraphOfSize] | null
  stores: StoreOfSize[]
  profile: Omit<Profiled, 'profile' | 'span'> | null
  /** Fragments that double, and a claim about somebody: how long beside an ordinary request, and beside a number nobody has. */
  refusals: { attack: number; absence: number } | null
  /** The parts that failed, and why. */
  failed: string[]
}

/** Of a run that begins. */
export function nothingMeasured(): Result {
  return {
    postgres: '',
    rows: [],
    mix: null,
    memory: null,
    sizes: null,
    stores: [],
    profile: null,
    refusals: null,
    failed: [],
  }
}

/** Whether everything that was begun could be measured. */
export function isSound({ rows, sizes, stores, failed }: Result): boolean {
  const all = [...rows, ...(sizes ?? []), ...stores.flatMap(({ usual, larger }) => [usual, larger])]
  return failed.length === 0 && all.every(({ wrong }) => wrong === null)
}
