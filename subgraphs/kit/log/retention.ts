import type { Level } from '../../../policy/types.ts'

/**
 * How long the log keeps a record, by the highest level it speaks of (a proposal of this project; the table
 * `retention_class` of the oversight database says the same and refuses what disagrees). The number is the first byte
 * of the record's id: 90 days, 1, 5, 10 and 20 years.
 */
const classOfLevel: Readonly<Record<Level, number>> = { L0: 1, L1: 2, L2: 3, L3: 4, L4: 5, L5: 5 }

/** The retention class of a record with entries of these levels; without entries that of L1. */
export function retentionFromLevels(levels: readonly Level[]): number {
  return levels.length === 0 ? classOfLevel.L1 : Math.max(...levels.map((level) => classOfLevel[level]))
}

/** True for L0 to L5. */
export function isLevel(text: string): text is Level {
  return Object.hasOwn(classOfLevel, text)
}
