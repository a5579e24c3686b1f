import type { Measured } from '../bench/measure.ts'

/** What a round of a measurement says, but for its throughput. */
export const measuredOnce: Omit<Measured, 'perSecond'> = {
  requests: 9,
  p50: 10,
  p99: 40,
  failed: 0,
  firstWrong: null,
  cpuMs: 2,
  databaseMs: 1,
  rssMb: 100,
  stolen: 0,
}
