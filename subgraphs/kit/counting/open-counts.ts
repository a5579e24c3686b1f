import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { VolumePolicy } from '../../../policy/volume.ts'
import { createPseudonyms } from '../log/pseudonym.ts'
import { createCountStore } from './count-store.ts'
import { createMeters, type Meters } from './create-meters.ts'
import { createReadingCounts, type ReadingCounts } from './reading-counts.ts'

/** The counts of one process, with what an operator sees of them. */
export type OpenCounts = ReadingCounts & Pick<Meters, 'known' | 'close'>

export type CountDeps = {
  /** The oversight database as `oversight_writer`. */
  pool: Pool
  /** The log's: persons and staff are the same pseudonyms in both. */
  pseudonymKey: Uint8Array
  policy: VolumePolicy
  clock: () => Date
}

/** Opens the counts of one start of a process. */
export function openCounts({ pool, pseudonymKey, policy, clock }: CountDeps): OpenCounts {
  const meters = createMeters(createCountStore(pool, randomUUID()), clock)
  const counts = createReadingCounts(meters, policy, createPseudonyms(pseudonymKey))
  return { ...counts, known: meters.known, close: meters.close }
}
