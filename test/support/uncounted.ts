import { loadVolumePolicy } from '../../policy/load-policy.ts'
import type { ReadingCounts } from '../../subgraphs/kit/counting/reading-counts.ts'

/** For tests of something else: everybody may be asked about and read. */
export const uncounted: ReadingCounts = {
  of: () => ({ asks: () => true, reads: () => 'WITHIN' }),
  figures: loadVolumePolicy(),
}
